import { type KeyboardEvent, memo, type ReactNode, useDeferredValue, useId, useMemo, useState } from 'react';
import { LineSign } from './plot/line-sign.tsx';
import { byRun, type Line, longLabel, ofSeveralRuns, type ShownRun, shortLabel } from './series/line.ts';
import { readingsAt } from './series/readings.ts';
import { type Better, statisticsOf } from './series/statistics.ts';
import { spread } from './series/summary.ts';
import { useChartLook, useChartView } from './use-chart-view.ts';
import type { LineChoice } from './use-line-choice.ts';

/** Of more entries a few, spread evenly, stand for the ramp until all are asked for. */
const mostEntries = 16;
const fewEntries = 6;

/**
 * Each line's sign and name with its last value and its best one, or its value at the cursor. An entry pointed at lets its line stand out;
 * pressed, it hides the line. By keyboard it is one stop: arrow keys go from entry to entry.
 */
export const Legend = memo(function Legend({
  title,
  lines,
  version,
  better,
  format,
  smoothing,
  choice,
}: {
  /** Of the chart. */
  readonly title: string;
  readonly lines: readonly Line[];
  readonly version: number | undefined;
  readonly better: Better;
  readonly format: (value: number) => string;
  /** Weight that smooths values at the cursor; undefined: the last ones are shown. */
  readonly smoothing: number | undefined;
  readonly choice: LineChoice;
}) {
  const [{ allListed: wantsAll }, look] = useChartLook(title);
  const [stop, setStop] = useState<string>();
  const boxId = useId();
  const all = useMemo(() => {
    void version;
    const thick = lines.filter((line) => !line.ghost && !line.tableOnly && line.width > 1);
    const told = thick.map((line) => ({ line, statistics: statisticsOf(line, better) }));
    // A module without this loss has no line; before the first measurement nobody knows.
    const measured = told.filter(({ statistics }) => statistics !== undefined);
    return measured.length > 0 ? measured : told.slice(0, told.length > 8 ? 0 : 8);
  }, [lines, version, better]);
  const entries = all.length <= mostEntries || wantsAll ? all : spread(all, fewEntries);
  const readings = useReadings(entries, smoothing);
  // A few of very many are named in full, without a heading for each.
  const byRuns = ofSeveralRuns(lines) && entries.length === all.length;
  // The way into the legend by keyboard: the entry last stood on, the first at first.
  const groups = byRun(entries);
  const first = byRuns ? groups[0]?.run.id : entries[0]?.line.id;
  const stands = (key: string) => (stop ?? first) === key;
  const entry = ({ line, statistics }: (typeof entries)[number]) => {
    const value = readings === undefined ? statistics?.last : readings.get(line.id);
    const best = readings === undefined ? statistics?.best : undefined;
    return (
      <LineEntry
        key={line.id}
        line={line}
        name={byRuns ? shortLabel(line, lines) : longLabel(line, lines)}
        value={value === undefined ? '\u2013' : format(value)}
        best={best === undefined ? undefined : format(best)}
        choice={choice}
        stands={stands(line.id)}
        onStop={setStop}
      />
    );
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would be in the way of the list */}
      <div
        id={boxId}
        role="group"
        aria-label={`Lines of ${title}`}
        className={wantsAll && all.length > mostEntries ? 'legend-box legend-all' : 'legend-box'}
        onKeyDown={moveByKey}
      >
        {byRuns ? (
          <ul className="legend-runs">
            {groups.map(({ run, own }) => (
              <li key={run.id}>
                <LegendButton
                  ids={all.filter(({ line }) => line.run.id === run.id).map(({ line }) => line.id)}
                  choice={choice}
                  stands={stands(run.id)}
                  onStop={() => setStop(run.id)}
                >
                  <RunName
                    run={run}
                    colour={own.some(({ line }) => line.colour === run.colours.strong) ? run.colours.strong : undefined}
                  />
                </LegendButton>
                <ul className="legend">{own.map(entry)}</ul>
              </li>
            ))}
          </ul>
        ) : (
          <ul className="legend">{entries.map(entry)}</ul>
        )}
      </div>
      {all.length > mostEntries && (
        <button
          type="button"
          className="button button-small"
          aria-expanded={wantsAll}
          aria-controls={boxId}
          onClick={() => {
            look({ allListed: !wantsAll });
            setStop(undefined);
          }}
        >
          {wantsAll ? `${fewEntries} of ${all.length} lines` : `All ${all.length} lines`}
        </button>
      )}
    </>
  );
});

/** One line: of very many only those that have changed are made anew. */
const LineEntry = memo(function LineEntry({
  line,
  name,
  value,
  best,
  choice,
  stands,
  onStop,
}: {
  readonly line: Line;
  readonly name: string;
  readonly value: string;
  readonly best: string | undefined;
  readonly choice: LineChoice;
  readonly stands: boolean;
  onStop(id: string): void;
}) {
  return (
    <li>
      <LegendButton ids={[line.id]} choice={choice} stands={stands} onStop={() => onStop(line.id)}>
        <LineSign line={line} />
        {name} <strong>{value}</strong>
        {best !== undefined && <span className="soft"> best {best}</span>}
      </LegendButton>
    </li>
  );
});

/** Values of lines at the cursor; undefined where there is none. */
function useReadings(
  entries: readonly { readonly line: Line }[],
  smoothing: number | undefined,
): ReadonlyMap<string, number> | undefined {
  const cursor = useDeferredValue(useChartView((view) => view.cursor));
  const xAxis = useChartView((view) => view.xAxis);
  return useMemo(() => {
    if (cursor === undefined || smoothing === undefined) return undefined;
    const lines = entries.map(({ line }) => line);
    return new Map(readingsAt(lines, xAxis, cursor, smoothing).map(({ line, value }) => [line.id, value]));
  }, [entries, xAxis, cursor, smoothing]);
}

/** An entry of one line or more: lets them stand out, hides and shows them. */
function LegendButton({
  ids,
  choice: { hidden, toggle, point },
  stands,
  onStop,
  children,
}: {
  readonly ids: readonly string[];
  readonly choice: LineChoice;
  /** Whether it is the legend's stop on the way of the Tab key. */
  readonly stands: boolean;
  onStop(): void;
  readonly children: ReactNode;
}) {
  const shown = !ids.every((id) => hidden.has(id));
  return (
    <button
      type="button"
      className="legend-entry"
      aria-pressed={shown}
      tabIndex={stands ? 0 : -1}
      title={shown ? 'Hide in this chart' : 'Show again'}
      onClick={() => toggle(ids)}
      onPointerEnter={({ pointerType }) => pointerType !== 'touch' && point(ids)}
      onPointerLeave={() => point([])}
      onFocus={({ currentTarget }) => {
        onStop();
        if (currentTarget.matches(':focus-visible')) point(ids);
      }}
      onBlur={() => point([])}
    >
      {children}
    </button>
  );
}

/** Arrow keys, Home and End go from entry to entry. */
function moveByKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('.legend-entry')];
  const at = entries.indexOf(document.activeElement as HTMLElement);
  const places: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: entries.length - 1,
  };
  const place = places[event.key];
  if (place === undefined || at < 0) return;
  event.preventDefault();
  event.stopPropagation();
  entries[Math.min(entries.length - 1, Math.max(0, place))]?.focus();
}

/** A run's name behind its dash, and its colour where its lines have that. */
function RunName({ run, colour = 'var(--ink-soft)' }: { readonly run: ShownRun; readonly colour: string | undefined }) {
  return (
    <span className="legend-run" title={run.name}>
      <svg aria-hidden="true" width="30" height="8" className="legend-line">
        <line x1="0" y1="4" x2="30" y2="4" stroke={colour} strokeWidth={2} strokeDasharray={run.dash} />
      </svg>
      {run.name}
    </span>
  );
}
