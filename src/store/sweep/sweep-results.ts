import { experimentNow, type RunRecord } from '../../runs/run-record.ts';
import { type Spread, spreadOf } from '../../runs/statistics.ts';
import { methodInWords, modulesOf } from '../compare/experiment-words.ts';

/** What is drawn against each other. */
export type Quantity = 'modules' | 'error' | 'memory' | 'arithmetic';

/** Runs of one method and K, their seeds together. */
export interface SweepPoint {
  readonly method: string;
  readonly modules: number;
  readonly runs: number;
  /** Test error at the last evaluation, a share. */
  readonly error: Spread | undefined;
  /** Planned peak bytes. */
  readonly memory: Spread | undefined;
  /** Multiply-adds of a training step per image. */
  readonly arithmetic: Spread | undefined;
}

/** Points of one method, ordered by K. */
export interface SweepSeries {
  readonly method: string;
  readonly points: readonly SweepPoint[];
}

/** The runs by method and K, with mean and spread over the rest (their seeds, in a sweep). */
export function sweepSeries(runs: readonly RunRecord[]): readonly SweepSeries[] {
  const methods = new Map<string, Map<number, RunRecord[]>>();
  for (const run of runs) {
    const experiment = experimentNow(run);
    const method = methodInWords(experiment);
    const ofMethod = methods.get(method) ?? new Map<number, RunRecord[]>();
    const modules = modulesOf(experiment);
    ofMethod.set(modules, [...(ofMethod.get(modules) ?? []), run]);
    methods.set(method, ofMethod);
  }
  return [...methods].map(([method, byModules]) => ({
    method,
    points: [...byModules]
      .sort(([one], [other]) => one - other)
      .map(([modules, members]) => pointOf(method, modules, members)),
  }));
}

function pointOf(method: string, modules: number, runs: readonly RunRecord[]): SweepPoint {
  const spread = (value: (run: RunRecord) => number | undefined) => spreadOf(runs.map(value));
  return {
    method,
    modules,
    runs: runs.length,
    error: spread(({ summary }) => (summary.scores.lastTest === undefined ? undefined : 1 - summary.scores.lastTest)),
    memory: spread(({ summary }) => summary.plannedBytes || undefined),
    arithmetic: spread(({ summary, experiment }) => summary.multiplyAdds / experiment.batch || undefined),
  };
}

/** A quantity of a point; K has no spread. */
export const quantityOf = (point: SweepPoint, quantity: Quantity): Spread | undefined =>
  quantity === 'modules' ? { count: point.runs, mean: point.modules, deviation: 0 } : point[quantity];
