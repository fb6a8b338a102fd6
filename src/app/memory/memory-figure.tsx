import { useId, useMemo, useRef, useState } from 'react';
import type { ModulePlan } from '../../methods/preview.ts';
import type { Span } from '../../store/chart-view.ts';
import { Figure } from '../charts/figure.tsx';
import { LogButton } from '../charts/log-button.tsx';
import { Plot } from '../charts/plot/plot.tsx';
import { PlotOverlay } from '../charts/plot/plot-overlay.tsx';
import { SaveButtons } from '../charts/save/save-buttons.tsx';
import { stillOn } from '../charts/series/axis.ts';
import { useChartLook } from '../charts/use-chart-view.ts';
import { useDrawnInTurn } from '../charts/use-drawn-in-turn.ts';
import { ZoomButtons } from '../charts/zoom-buttons.tsx';
import { formatBytes } from '../look/format.ts';
import { useTheme } from '../look/theme.ts';
import { kept } from '../parts/kept.ts';
import { usePlayground } from '../playground-context.ts';
import { MemoryTable } from './memory-table.tsx';
import { planCsv, planInWords, roles, sumOf } from './memory-words.ts';
import { barDrawing, barPicture, type ModuleBar, moduleBars, roleShades, wholeBars } from './module-bars.ts';

const title = 'Memory by module';
/** Modules. */
const useZoom = kept<Span | undefined>(undefined);
const none: readonly ModulePlan[] = [];

/** Bars of memory per module, by role, in the module's accent. */
export default function MemoryFigure() {
  const theme = useTheme();
  const plans = usePlayground((state) => state.preview?.modules ?? none);
  const bp = usePlayground((state) => state.preview?.bpModules ?? none);
  const [{ table, logY: log }, look] = useChartLook(title);
  const [part, setZoom] = useZoom();
  const figure = useRef<HTMLElement>(null);
  const summaryId = useId();
  const bars = useMemo(
    () => moduleBars(plans, bp.length === 0 ? undefined : { ...sumOf(bp), name: 'back-propagation, all' }, theme),
    [plans, bp, theme],
  );
  const rows = useMemo(() => bars.map(({ plan }) => plan), [bars]);
  const zoom = stillOn(wholeBars(bars), part);
  // Hundreds of bars for a deep network: drawn when there is time.
  const wanted = useMemo(() => ({ bars, zoom, log }), [bars, zoom, log]);
  const drawn = useDrawnInTurn(figure, wanted)?.is;
  return (
    <Figure
      ref={figure}
      title={title}
      table={table}
      onTable={(on) => look({ table: on })}
      tools={
        <>
          <LogButton axis={`vertical axis of ${title}`} log={log} onLog={(on) => look({ logY: on })} />
          <SaveButtons
            figure={figure}
            chart={{
              title,
              picture: async () => barPicture(title, bars, zoom, log),
              csv: () => planCsv(rows),
              json: () => [`${JSON.stringify(rows, null, 2)}\n`],
            }}
          />
        </>
      }
    >
      {table ? (
        <MemoryTable plans={rows} />
      ) : (
        <div className="plot">
          {drawn !== undefined && drawn.bars.length > 0 && (
            <ModuleBars {...drawn} summaryId={summaryId} onZoom={setZoom} />
          )}
        </div>
      )}
      <p id={summaryId} className="visually-hidden">
        {planInWords(rows)}
      </p>
      {!table && (
        <ul className="legend">
          {roles.map(({ name }, role) => (
            <li key={name}>
              <span
                className="role-chip"
                style={{ background: `color-mix(in srgb, var(--ink) ${(roleShades[role] ?? 1) * 100}%, transparent)` }}
              />
              {name}
            </li>
          ))}
        </ul>
      )}
      <div className="row figure-note">
        <span>Modules</span>
        <ZoomButtons
          what={`, ${title}`}
          all="Show all modules"
          wholeNow={() => wholeBars(bars)}
          zoom={zoom}
          onZoom={setZoom}
        />
      </div>
      <p className="figure-note">
        Highest of each role in a step. Modules and roles peak at different times, so a step needs less than their sum.
        io: batch and metrics; BP: all of back-propagation.
      </p>
    </Figure>
  );
}

function ModuleBars({
  bars,
  zoom,
  log,
  summaryId,
  onZoom,
}: {
  readonly bars: readonly ModuleBar[];
  readonly zoom: Span | undefined;
  readonly log: boolean;
  readonly summaryId: string;
  onZoom(span: Span | undefined): void;
}) {
  const [cursor, setCursor] = useState<number>();
  const drawing = useMemo(() => barDrawing(bars, zoom, log), [bars, zoom, log]);
  const last = bars.length - 1;
  const nearest = (x: number) => Math.min(last, Math.max(0, Math.round(x)));
  const bar = cursor === undefined ? undefined : bars[nearest(cursor)];
  const parts = roles.map(({ key, name }) => ({ key, name, bytes: formatBytes(bar?.plan[key]) }));
  return (
    <>
      <div className="plot-drawing" aria-hidden="true">
        <Plot {...drawing} />
      </div>
      <PlotOverlay
        title={title}
        describedBy={summaryId}
        axis={drawing.horizontal}
        whole={wholeBars(bars)}
        cursor={cursor === undefined ? undefined : nearest(cursor)}
        marks={[]}
        words={
          bar === undefined
            ? 'Arrow keys move the cursor'
            : `${bar.plan.name}: ${parts.map(({ name, bytes }) => `${name} ${bytes}`).join(', ')}`
        }
        onPoint={(x) => setCursor(x === undefined ? undefined : nearest(x))}
        onStep={(x, side) => nearest(x + side)}
        onZoom={onZoom}
        readout={() => (
          <>
            <span className="tooltip-title">{bar?.plan.name}</span>
            {parts.map(({ key, name, bytes }, role) => (
              <span key={key} className="plot-reading">
                <span
                  className="role-chip"
                  style={{
                    background: `color-mix(in srgb, ${bar?.colour} ${(roleShades[role] ?? 1) * 100}%, transparent)`,
                  }}
                />
                <span>{name}</span>
                <strong>{bytes}</strong>
              </span>
            ))}
          </>
        )}
      />
    </>
  );
}
