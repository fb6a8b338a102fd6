import type { RunRecord } from '../../runs/run-record.ts';
import { reportedFigures } from './reported-figures.ts';

/** How a column's numbers are written. */
export type ColumnKind = 'percent' | 'loss' | 'number' | 'seconds' | 'bytes' | 'count' | 'pace';

export type ColumnName =
  | 'lastTest'
  | 'bestTest'
  | 'atBestValidation'
  | 'reported'
  | 'loss'
  | 'epochs'
  | 'seconds'
  | 'planned'
  | 'measured'
  | 'pace'
  | 'arithmetic';

/** A number that the table of runs shows of each run. */
export interface RunColumn {
  readonly name: ColumnName;
  readonly title: string;
  /** What it is, one or two sentences. */
  readonly help: string;
  readonly kind: ColumnKind;
  value(run: RunRecord): number | undefined;
}

const afterSteps = (run: RunRecord, value: number) => (run.summary.step > 0 ? value : undefined);

export const runColumns: readonly RunColumn[] = [
  {
    name: 'lastTest',
    title: 'Last',
    kind: 'percent',
    help: 'Accuracy on the test part at the last evaluation.',
    value: (run) => run.summary.scores.lastTest,
  },
  {
    name: 'bestTest',
    title: 'Best on test',
    kind: 'percent',
    help: 'Best on test, as papers report: chosen by looking at the test part, so a little too good.',
    value: (run) => run.summary.scores.bestTest,
  },
  {
    name: 'atBestValidation',
    title: 'At best validation',
    kind: 'percent',
    help: 'Test accuracy at the epoch that was best on the validation part: chosen without looking at the test part.',
    value: (run) => run.summary.scores.testAtBestValidation,
  },
  {
    name: 'reported',
    title: 'As reported',
    kind: 'percent',
    help: 'Accuracy that a paper reports for this method, network and cuts on CIFAR-10, with its own training.',
    value: (run) => {
      const [first] = reportedFigures(run.experiment);
      return first === undefined ? undefined : 1 - first.error;
    },
  },
  {
    name: 'loss',
    title: 'Loss',
    kind: 'loss',
    help: 'Last training loss of the head.',
    value: (run) => run.summary.scores.finalLoss,
  },
  {
    name: 'epochs',
    title: 'Epochs',
    kind: 'number',
    help: 'Epochs trained so far.',
    value: ({ summary }) => (summary.stepsPerEpoch > 0 ? summary.step / summary.stepsPerEpoch : undefined),
  },
  {
    name: 'seconds',
    title: 'Time',
    kind: 'seconds',
    help: 'Training and evaluation, pauses not counted.',
    value: (run) => afterSteps(run, run.summary.seconds),
  },
  {
    name: 'planned',
    title: 'Planned memory',
    kind: 'bytes',
    help: 'Peak of the memory plan, probes not counted.',
    value: ({ summary }) => (summary.plannedBytes > 0 ? summary.plannedBytes : undefined),
  },
  {
    name: 'measured',
    title: 'Measured peak',
    kind: 'bytes',
    help: 'Highest bytes the executor held, probes included.',
    value: (run) => afterSteps(run, run.summary.peakBytes),
  },
  {
    name: 'pace',
    title: 'Images/s',
    kind: 'pace',
    help: 'Median over the last training steps.',
    value: (run) => run.summary.imagesPerSecond,
  },
  {
    name: 'arithmetic',
    title: 'Multiply-adds',
    kind: 'count',
    help: 'Of convolutions and linear layers in a training step, per image, probes not counted.',
    value: ({ summary, experiment }) =>
      summary.multiplyAdds > 0 ? summary.multiplyAdds / experiment.batch : undefined,
  },
];

/** Columns of which some run has a number; the others say nothing. */
export const columnsOf = (runs: readonly RunRecord[]): readonly RunColumn[] =>
  runColumns.filter(({ name, value }) => alwaysShown.has(name) || runs.some((run) => value(run) !== undefined));

const alwaysShown: ReadonlySet<ColumnName> = new Set(['lastTest', 'bestTest', 'epochs', 'seconds', 'planned']);

/** What the table is ordered by: a column, the names, the files they came in, or when the runs were made. */
export interface RunOrder {
  readonly by: ColumnName | 'name' | 'from' | 'created';
  readonly descending: boolean;
}

/**
 * Runs in the order of a column; those without a number, or of no file, come last, whichever way.
 *
 * @param files by identity, of those that came in one
 */
export function sortRuns(
  runs: readonly RunRecord[],
  { by, descending }: RunOrder,
  names: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, string> = new Map(),
): RunRecord[] {
  const column = runColumns.find(({ name }) => name === by);
  const sign = descending ? -1 : 1;
  return runs.toSorted((one, other) => {
    const value = (run: RunRecord): number | string | undefined => {
      if (column !== undefined) return column.value(run);
      if (by === 'from') return files.get(run.id);
      return by === 'created' ? run.created : (names.get(run.id) ?? '');
    };
    const [first, second] = [value(one), value(other)];
    if (first === undefined || second === undefined)
      return (first === undefined ? 1 : 0) - (second === undefined ? 1 : 0);
    if (typeof first === 'number' && typeof second === 'number') return sign * (first - second);
    return sign * String(first).localeCompare(String(second), 'en', { numeric: true });
  });
}
