import { useMemo } from 'react';
import { provenanceNow, type RunRecord } from '../../runs/run-record.ts';
import { multiplyAddsOf, type Pair, pairsWithBp, verdictOfPair } from '../../store/compare/beside-bp.ts';
import { experimentInWords } from '../../store/compare/experiment-words.ts';
import { formatBytes, formatCount, formatPercent, formatSeconds, formatTimes, unknown } from '../look/format.ts';
import { measuredInWords } from '../memory/memory-words.ts';
import { Panel } from '../parts/panel.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { useRuns } from './use-runs.ts';

/** Pairs at most: with more the table of runs tells it better. */
const mostPairs = 3;

/** What local learning saves and costs beside the same run under back-propagation; where there is no such pair, two small runs that make one. */
export function BesidePanel() {
  const { runs } = useRuns();
  const live = usePlayground((state) => state.run?.id);
  const compared = usePlayground((state) => state.compared);
  const pairs = useMemo(() => {
    const shown = runs.filter(({ id }) => id === live || compared.includes(id));
    return pairsWithBp(shown, runs).slice(0, mostPairs);
  }, [runs, live, compared]);
  return (
    <Panel label="Beside back-propagation" className="runs-panel">
      {pairs.length === 0 ? (
        <Invitation />
      ) : (
        <div className="pairs">
          {pairs.map((pair) => (
            <PairTable key={`${pair.local.id} ${pair.bp.id}`} pair={pair} />
          ))}
        </div>
      )}
    </Panel>
  );
}

function Invitation() {
  const { compareWithBp } = useActions();
  const queued = usePlayground(({ queue }) =>
    queue.entries.some(({ state }) => state.kind === 'waiting' || state.kind === 'running'),
  );
  return (
    <div className="row">
      <span className="soft">
        {queued
          ? 'Once a run and the same with back-propagation are there, what is saved and what it costs stands here.'
          : 'Run any experiment and the same with BP, or let two small runs show what HPFF saves and what it costs: ResNet-20, every block a module.'}
      </span>
      {!queued && (
        <button
          type="button"
          className="button button-small"
          title="Trains HPFF, then the same with back-propagation, on few of the built-in images. A run that trains is paused and kept"
          onClick={compareWithBp}
        >
          HPFF beside back-propagation
        </button>
      )}
    </div>
  );
}

interface Line {
  readonly title: string;
  readonly value: (run: RunRecord) => number | undefined;
  readonly format: (value: number | undefined) => string;
  /** How the two stand to each other; times, where left out. */
  readonly difference?: (local: number, bp: number) => string;
}

const afterSteps = (run: RunRecord, value: number | undefined) => (run.summary.step > 0 ? value : undefined);

const lines: readonly Line[] = [
  {
    title: 'Test accuracy',
    value: ({ summary }) => summary.scores.lastTest,
    format: formatPercent,
    difference: (local, bp) => `${local < bp ? '\u2212' : '+'}${Math.abs((local - bp) * 100).toFixed(1)}\u00a0points`,
  },
  {
    title: 'Memory of a step, planned',
    value: ({ summary }) => summary.plannedBytes || undefined,
    format: formatBytes,
  },
  {
    title: 'Measured peak, probes included',
    value: (run) => afterSteps(run, run.summary.peakBytes),
    format: formatBytes,
  },
  { title: 'Multiply-adds an image', value: (run) => multiplyAddsOf(run) || undefined, format: formatCount },
  {
    title: 'Time a step',
    value: (run) =>
      run.summary.imagesPerSecond === undefined ? undefined : run.experiment.batch / run.summary.imagesPerSecond,
    format: formatSeconds,
  },
];

function PairTable({ pair }: { readonly pair: Pair }) {
  const { local, bp } = pair;
  const name = experimentInWords(local.experiment);
  const why = [local, bp]
    .filter(({ summary }) => summary.step > 0)
    .map((run) => measuredInWords(provenanceNow(run).executor))
    .find((words) => words !== undefined);
  const done = ({ summary }: RunRecord) =>
    summary.state === 'finished' ? '' : `, ${formatPercent(summary.step / Math.max(1, summary.totalSteps))} done`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="pair" aria-label={`${name}, what is saved and what it costs`} tabIndex={0}>
      <p className="pair-verdict">{verdictOfPair(pair)}</p>
      <table className="data-table" aria-label={`${name}, beside back-propagation`}>
        <thead>
          <tr>
            <td />
            <th scope="col" className="pair-name">
              {name}
              <span className="soft">{done(local)}</span>
            </th>
            <th scope="col" className="pair-name">
              back-propagation<span className="soft">{done(bp)}</span>
            </th>
            <th scope="col" className="pair-name">
              beside it
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ title, value, format, difference = (a, b) => formatTimes(a / b) }) => {
            const [own, other] = [value(local), value(bp)];
            return (
              <tr key={title}>
                <th scope="row" className="pair-value">
                  {title}
                </th>
                <td className="pair-value">{format(own)}</td>
                <td className="pair-value">{format(other)}</td>
                <td className="pair-value">
                  {own === undefined || other === undefined ? unknown : difference(own, other)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {why !== undefined && <p className="soft">{why}</p>}
    </section>
  );
}
