import type { RunSummary } from '../../runs/run-record.ts';
import { type Spread, spreadOf } from '../../runs/statistics.ts';
import type { SweepRun } from './sweep-plan.ts';

/** A run of a sweep with what it came to. */
export interface SweepOutcome {
  readonly run: SweepRun;
  readonly summary: RunSummary;
}

const measures: readonly (readonly [name: string, read: (summary: RunSummary) => number | undefined])[] = [
  ['last_test', ({ scores }) => scores.lastTest],
  ['best_test', ({ scores }) => scores.bestTest],
  ['test_at_best_validation', ({ scores }) => scores.testAtBestValidation],
  ['final_loss', ({ scores }) => scores.finalLoss],
  ['seconds', ({ seconds }) => seconds],
  ['peak_bytes', ({ peakBytes }) => peakBytes],
  ['planned_bytes', ({ plannedBytes }) => plannedBytes],
  ['multiply_adds', ({ multiplyAdds }) => multiplyAdds],
];

/** Mean and spread over the seeds of one point of the grid. */
export interface SweepPoint {
  readonly point: readonly string[];
  readonly runs: number;
  /** By measure; undefined where no run has it. */
  readonly measures: Readonly<Record<string, Spread | undefined>>;
}

/** The points in the order of the grid. */
export function summarise(outcomes: readonly SweepOutcome[]): SweepPoint[] {
  const groups = new Map<string, SweepOutcome[]>();
  for (const outcome of outcomes) {
    const key = outcome.run.point.join(' ');
    groups.set(key, [...(groups.get(key) ?? []), outcome]);
  }
  return [...groups.values()].map((group) => ({
    point: group[0]?.run.point ?? [],
    runs: group.length,
    measures: Object.fromEntries(
      measures.map(([name, read]) => [name, spreadOf(group.map(({ summary }) => read(summary)))]),
    ),
  }));
}

/** The points as a table: the settings, how many runs, and mean and spread of every measure. */
export function pointsAsCsv(points: readonly SweepPoint[]): string {
  const header = ['point', 'runs', ...measures.flatMap(([name]) => [`${name}.mean`, `${name}.spread`])];
  const rows = points.map(({ point, runs, measures: found }) => [
    `"${point.join(' ').replaceAll('"', '""')}"`,
    String(runs),
    ...measures.flatMap(([name]) => [cell(found[name]?.mean), cell(deviationOf(found[name]))]),
  ]);
  return `${[header, ...rows].map((row) => row.join(',')).join('\n')}\n`;
}

/** A single run has no spread. */
const deviationOf = (spread: Spread | undefined): number | undefined =>
  spread !== undefined && spread.count > 1 ? spread.deviation : undefined;

const cell = (value: number | undefined): string => (value === undefined ? '' : String(Number(value.toPrecision(9))));
