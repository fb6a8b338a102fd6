import { useId, useMemo, useRef, useState } from 'react';
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
import { formatBytes, formatWhole } from '../look/format.ts';
import { useTheme } from '../look/theme.ts';
import { kept } from '../parts/kept.ts';
import { usePlayground } from '../playground-context.ts';
import { highestOf, nodeInWords } from './course.ts';
import { courseCsv, courseJson } from './course-files.ts';
import { CourseTable } from './course-table.tsx';
import {
  type Courses,
  courses,
  type SawtoothView,
  sawtoothDrawing,
  sawtoothPicture,
  wholeStep,
} from './sawtooth-drawing.ts';

const title = 'Memory over a step';

/** Operations of the step. */
const useZoom = kept<Span | undefined>(undefined);

/** Bytes held at every node of one step, beside back-propagation's: local learning lets go at every border. */
export default function SawtoothFigure() {
  const own = usePlayground((state) => state.preview?.course);
  const bp = usePlayground((state) => state.preview?.bpCourse);
  const both = useMemo(() => (own === undefined || bp === undefined ? undefined : { own, bp }), [own, bp]);
  return both === undefined ? null : <PlannedSawtooth both={both} />;
}

function PlannedSawtooth({ both }: { readonly both: Courses }) {
  const theme = useTheme();
  const figure = useRef<HTMLElement>(null);
  const [part, setZoom] = useZoom();
  const [{ table, logX, logY }, look] = useChartLook(title);
  const zoom = stillOn(wholeStep(both, logX), part);
  const view = useMemo(() => ({ zoom, logX, logY }), [zoom, logX, logY]);
  const wanted = useMemo(() => ({ both, view }), [both, view]);
  const drawn = useDrawnInTurn(figure, wanted)?.is;
  const { own, bp } = both;
  return (
    <Figure
      ref={figure}
      title={title}
      table={table}
      onTable={(on) => look({ table: on })}
      tools={
        <>
          <LogButton axis={`vertical axis of ${title}`} log={logY} onLog={(on) => look({ logY: on })} />
          <SaveButtons
            figure={figure}
            chart={{
              title,
              picture: async () => sawtoothPicture(title, both, view, theme),
              csv: () => courseCsv(own, bp),
              json: () => courseJson(own, bp),
            }}
          />
        </>
      }
    >
      {table ? (
        <CourseTable title={title} own={own} bp={bp} />
      ) : (
        <div className="plot">{drawn && <Sawtooth {...drawn} onZoom={setZoom} />}</div>
      )}
      <ul className="legend">
        {courses.map(({ key, name, colour, dash }) => (
          <li key={key}>
            <svg aria-hidden="true" width="16" height="8" className="legend-line">
              <line x1="0" y1="4" x2="16" y2="4" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
            </svg>
            {name} <strong>{formatBytes(highestOf(both[key]).bytes)}</strong> <span className="soft">at most</span>
          </li>
        ))}
      </ul>
      <div className="row figure-note">
        <span>Operations</span>
        <LogButton axis={`horizontal axis of ${title}`} log={logX} onLog={(on) => look({ logX: on })} />
        <ZoomButtons
          what={`, ${title}`}
          all="Show all of the step"
          wholeNow={() => wholeStep(both, logX)}
          zoom={zoom}
          onZoom={setZoom}
        />
      </div>
      <p className="figure-note">
        Planned bytes alive at each operation, kept ones included. Strip: the module at work, and below it forward
        (pale), backward and update (dark).
      </p>
    </Figure>
  );
}

function Sawtooth({
  both,
  view,
  onZoom,
}: {
  readonly both: Courses;
  readonly view: SawtoothView;
  onZoom(span: Span | undefined): void;
}) {
  const theme = useTheme();
  const summaryId = useId();
  const [cursor, setCursor] = useState<number>();
  const whole = useMemo(() => wholeStep(both, view.logX), [both, view.logX]);
  const drawing = useMemo(() => sawtoothDrawing(both, view, theme), [both, view, theme]);
  const { own, bp } = both;
  const node = cursor === undefined ? undefined : Math.round(cursor);
  const rows =
    node === undefined
      ? []
      : courses.flatMap(({ key, name }) => {
          const bytes = both[key].bytes[node];
          return bytes === undefined ? [] : [{ key, name, bytes, words: nodeInWords(both[key], node) }];
        });
  const place = node === undefined ? '' : `operation ${formatWhole(node)}`;
  const words = `${place}: ${rows.map(({ name, bytes, words }) => `${name} ${formatBytes(bytes)}, ${words}`).join('; ')}`;
  const highest = highestOf(own);
  return (
    <>
      <p id={summaryId} className="visually-hidden">
        {`${title}: this method holds at most ${formatBytes(highest.bytes)}, at ${nodeInWords(own, highest.node)}; back-propagation ${formatBytes(highestOf(bp).bytes)}, at ${nodeInWords(bp, highestOf(bp).node)}. ${formatWhole(own.bytes.length)} and ${formatWhole(bp.bytes.length)} operations.`}
      </p>
      <div className="plot-drawing" aria-hidden="true">
        <Plot {...drawing} />
      </div>
      <PlotOverlay
        title={title}
        describedBy={summaryId}
        axis={drawing.horizontal}
        whole={whole}
        cursor={cursor}
        marks={[]}
        words={cursor === undefined ? 'Arrow keys move the cursor' : words}
        onPoint={(x) => setCursor(x === undefined ? undefined : Math.round(x))}
        onStep={(x, side) => Math.min(whole.high, Math.max(whole.low, Math.round(x) + side))}
        onZoom={onZoom}
        readout={() => (
          <>
            <span className="tooltip-title">{place}</span>
            {rows.map(({ key, name, bytes, words }) => (
              <span key={key}>
                {name} <strong>{formatBytes(bytes)}</strong>
                <br />
                <span className="soft">{words}</span>
              </span>
            ))}
          </>
        )}
      />
    </>
  );
}
