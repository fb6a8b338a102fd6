import type { Experiment, FieldName } from '../../experiment/experiment.ts';
import { fieldNames } from '../../experiment/fields.ts';
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

/**
 * The runs by method and K, with mean and spread over the rest (their seeds, in a sweep). A run of K = 1, back-propagation under every
 * method, is a point of every method that has runs at another K and all else the same.
 */
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
  const ofOneModule = [...methods.values()].flatMap((byModules) => byModules.get(1) ?? []);
  for (const byModules of methods.values()) {
    const cut = [...byModules].flatMap(([modules, members]) => (modules > 1 ? members : []));
    const alike = new Set(cut.map((run) => withoutMethod(experimentNow(run))));
    const shared = ofOneModule.filter((run) => alike.has(withoutMethod(experimentNow(run))));
    // Where each method trained it, its seeds are not to count twice.
    const one = new Map<string, RunRecord>();
    for (const run of [...(byModules.get(1) ?? []), ...shared]) {
      const key = keyOfOneModule(run);
      if (!one.has(key)) one.set(key, run);
    }
    if (shared.length > 0) byModules.set(1, [...one.values()]);
  }
  return [...methods].map(([method, byModules]) => ({
    method,
    points: [...byModules]
      .sort(([one], [other]) => one - other)
      .map(([modules, members]) => pointOf(method, modules, members)),
  }));
}

/** Fields that say how a network is cut and by what its modules learn: one module has none of it. */
const ofMethods: readonly FieldName[] = [
  ...(['method', 'cuts', 'hilo', 'window', 'firstIndependent', 'pff', 'patches', 'patchesAtOnce', 'bn'] as const),
  ...(['aux', 'auxDim', 'widen', 'decoderHidden', 'localLoss', 'wx', 'wy', 'ixx', 'ixy'] as const),
];

/** The same for experiments that differ by method, cuts and seed alone. */
const withoutMethod = (experiment: Experiment): string =>
  JSON.stringify(
    fieldNames.filter((name) => name !== 'seed' && !ofMethods.includes(name)).map((name) => [name, experiment[name]]),
  );

const keyOfOneModule = (run: RunRecord): string => {
  const experiment = experimentNow(run);
  return `${experiment.seed} ${withoutMethod(experiment)}`;
};

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
