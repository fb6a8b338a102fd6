import { useCallback, useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import { coursePhases, type StepCourse } from '../../methods/step-course.ts';
import type { Span } from '../../store/chart-view.ts';
import { Figure } from '../charts/figure.tsx';
import { LinePlot, type PlottedLine } from '../charts/plot/line-plot.tsx';
import { PlotOverlay } from '../charts/plot/plot-overlay.tsx';
import { SaveButtons } from '../charts/save/save-buttons.tsx';
import { type Axis, placeOf } from '../charts/series/axis.ts';
import { ticksAround } from '../charts/series/ticks.ts';
import { useDrawnVersion } from '../charts/use-drawn-version.ts';
import { formatBytes, formatRoundBytes, formatWhole } from '../look/format.ts';
import { moduleColour, type Theme } from '../look/module-colour.ts';
import { useTheme } from '../look/theme.ts';
import { usePlayground } from '../playground-context.ts';
import { highestOf, nodeInWords, sawtooth, stretchesOf } from './course.ts';
import { CourseTable } from './course-table.tsx';

const title = 'Memory over a step';
const mostPoints = 400;
/** Stretches of the strip are at least this share of the step wide. */
const leastStretch = 0.004;

const courses = [
  { key: 'own', name: 'this method', colour: 'var(--ink)', dash: undefined },
  { key: 'bp', name: 'back-propagation', colour: 'var(--line-strong)', dash: '5 3' },
] as const;

/** Bytes held at every node of one step, beside back-propagation's: local learning lets go at every border. */
export default function SawtoothFigure() {
  const own = useDeferredValue(usePlayground((state) => state.preview?.course));
  const bp = useDeferredValue(usePlayground((state) => state.preview?.bpCourse));
  return own === undefined || bp === undefined ? null : <PlannedSawtooth own={own} bp={bp} />;
}

function PlannedSawtooth({ own, bp }: { readonly own: StepCourse; readonly bp: StepCourse }) {
  const theme = useTheme();
  const figure = useRef<HTMLElement>(null);
  const ready = useDrawnVersion(figure) !== undefined;
  const [table, setTable] = useState(false);
  return (
    <Figure
      ref={figure}
      title={title}
      table={table}
      onTable={setTable}
      tools={
        <SaveButtons
          title={title}
          figure={figure}
          drawn={!table}
          legend={() =>
            courses.map(({ key, name, colour, dash }) => ({
              label: `${name}, at most`,
              value: formatBytes(highestOf(key === 'own' ? own : bp).bytes),
              colour,
              opacity: 1,
              dash,
            }))
          }
          csv={() => courseCsv(own, bp)}
          json={() => courseJson(own, bp)}
        />
      }
    >
      {table ? (
        <CourseTable title={title} own={own} bp={bp} />
      ) : (
        <div className="plot">{ready && <Sawtooth own={own} bp={bp} theme={theme} />}</div>
      )}
      <ul className="legend">
        {courses.map(({ key, name, colour, dash }) => (
          <li key={key}>
            <svg aria-hidden="true" width="16" height="8" className="legend-line">
              <line x1="0" y1="4" x2="16" y2="4" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
            </svg>
            {name} <strong>{formatBytes(highestOf(key === 'own' ? own : bp).bytes)}</strong>{' '}
            <span className="soft">at most</span>
          </li>
        ))}
      </ul>
      <p className="figure-note">
        Planned bytes alive at each operation, kept ones included. Strip: the module at work, and below it forward
        (pale), backward and update (dark).
      </p>
    </Figure>
  );
}

function Sawtooth({ own, bp, theme }: { readonly own: StepCourse; readonly bp: StepCourse; readonly theme: Theme }) {
  const summaryId = useId();
  const [cursor, setCursor] = useState<number>();
  const [zoom, setZoom] = useState<Span>();
  const whole = useMemo<Axis>(
    () => ({ low: 0, high: Math.max(own.bytes.length, bp.bytes.length) - 1, log: false }),
    [own, bp],
  );
  const axis = useMemo<Axis>(() => (zoom === undefined ? whole : { ...whole, ...zoom }), [whole, zoom]);
  const lines = useMemo<PlottedLine[]>(
    () =>
      courses.map(({ key, colour, dash }) => ({
        id: key,
        points: sawtooth(key === 'own' ? own : bp, axis, mostPoints),
        colour,
        width: 1.5,
        opacity: 1,
        dash,
        dots: false,
      })),
    [own, bp, axis],
  );
  const vertical = useMemo(() => {
    const ticks = ticksAround(0, Math.max(highestOf(own).bytes, highestOf(bp).bytes), 5);
    return { low: 0, high: ticks.at(-1) ?? 1, log: false, ticks };
  }, [own, bp]);
  const count = own.modules.reduce((most, module) => Math.max(most, module), 0) + 1;
  const node = cursor === undefined ? undefined : Math.round(cursor);
  const rows =
    node === undefined
      ? []
      : courses.flatMap(({ key, name }) => {
          const course = key === 'own' ? own : bp;
          const bytes = course.bytes[node];
          return bytes === undefined ? [] : [{ key, name, bytes, words: nodeInWords(course, node) }];
        });
  const place = node === undefined ? '' : `operation ${formatWhole(node)}`;
  const words = `${place}: ${rows.map(({ name, bytes, words }) => `${name} ${formatBytes(bytes)}, ${words}`).join('; ')}`;
  const onPoint = useCallback((x: number | undefined) => setCursor(x === undefined ? undefined : Math.round(x)), []);
  const highest = highestOf(own);
  return (
    <>
      <p id={summaryId} className="visually-hidden">
        {`${title}: this method holds at most ${formatBytes(highest.bytes)}, at ${nodeInWords(own, highest.node)}; back-propagation ${formatBytes(highestOf(bp).bytes)}, at ${nodeInWords(bp, highestOf(bp).node)}. ${formatWhole(own.bytes.length)} and ${formatWhole(bp.bytes.length)} operations.`}
      </p>
      <div className="plot-drawing" aria-hidden="true">
        <LinePlot
          lines={lines}
          horizontal={axis}
          vertical={vertical}
          xTitle="operation"
          whole
          formatX={formatWhole}
          formatY={formatRoundBytes}
        />
      </div>
      <Strip course={own} axis={axis} count={count} theme={theme} />
      <PlotOverlay
        title={title}
        describedBy={summaryId}
        axis={axis}
        whole={whole}
        cursor={cursor}
        marks={[]}
        words={cursor === undefined ? 'Arrow keys move the cursor' : words}
        onPoint={onPoint}
        onStep={(x, side) => Math.min(whole.high, Math.max(0, Math.round(x) + side))}
        onZoom={setZoom}
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

/** Which module is at work and in which phase, along the axis, in the modules' colours. */
function Strip({
  course,
  axis,
  count,
  theme,
}: {
  readonly course: StepCourse;
  readonly axis: Axis;
  readonly count: number;
  readonly theme: Theme;
}) {
  const stretches = useMemo(() => {
    const least = Math.max(1, Math.round((axis.high - axis.low) * leastStretch));
    return { modules: stretchesOf(course.modules, least), phases: stretchesOf(course.phases, least) };
  }, [course, axis]);
  const boxOf = ({ from, to }: { from: number; to: number }) => {
    const start = Math.max(0, placeOf(axis, from));
    const end = Math.min(1, placeOf(axis, to));
    return end <= start ? undefined : { x: start * 1000, width: (end - start) * 1000 };
  };
  return (
    <svg className="course-strip" aria-hidden="true" viewBox="0 0 1000 10" preserveAspectRatio="none">
      {stretches.modules.map((stretch) => {
        const box = boxOf(stretch);
        const colour = stretch.value < 0 ? 'var(--line-strong)' : moduleColour(stretch.value, count, theme).accent;
        return box && <rect key={stretch.from} {...box} y="0" height="5" fill={colour} />;
      })}
      {stretches.phases.map((stretch) => {
        const box = boxOf(stretch);
        return (
          box && (
            <rect
              key={stretch.from}
              {...box}
              y="6"
              height="4"
              fill="var(--ink)"
              fillOpacity={[0.15, 0.5, 1][stretch.value] ?? 0}
            />
          )
        );
      })}
    </svg>
  );
}

/** The same as JSON, column by column. */
const courseJson = (own: StepCourse, bp: StepCourse): string[] => {
  const columns = ({ bytes, modules, phases, nameOf, names }: StepCourse) => ({
    bytes: [...bytes],
    module: [...modules],
    phase: Array.from(phases, (phase) => coursePhases[phase]),
    node: Array.from(nameOf, (name) => names[name]),
  });
  return [`${JSON.stringify({ 'this method': columns(own), 'back-propagation': columns(bp) })}\n`];
};

/** Every node of both steps: what it does and what is held. */
function* courseCsv(own: StepCourse, bp: StepCourse): Generator<string> {
  yield 'step,operation,bytes,phase,module,node\n';
  for (const [name, course] of [
    ['this method', own],
    ['back-propagation', bp],
  ] as const) {
    let text = '';
    course.bytes.forEach((bytes, node) => {
      text += `${name},${node},${bytes},${coursePhases[course.phases[node] ?? 0]},${course.modules[node]},"${course.names[course.nameOf[node] ?? 0]}"\n`;
    });
    yield text;
  }
}
