import type { Metric } from '../methods/metrics.ts';
import type { ModuleMeasurement, Score } from '../runs/measurement.ts';
import type { Numbers } from '../runtime/executor.ts';

/** Metric values summed over batches, by label. */
export type MetricSums = Map<string, number[]>;

/** Adds one run's metrics; values of any length, element by element. */
export function addMetrics(sums: MetricSums, values: ReadonlyMap<string, Numbers>): void {
  for (const [label, data] of values) {
    const known = sums.get(label);
    if (known === undefined) sums.set(label, Array.from(data));
    else
      for (let index = 0; index < known.length; index++) known[index] = (known[index] as number) + (data[index] ?? 0);
  }
}

/**
 * What a graph's metrics say of every module and of the head.
 *
 * @param images rows the sums run over
 * @param batches runs they come from
 */
export function assemble(
  metrics: readonly Metric[],
  sums: MetricSums,
  blocks: readonly string[],
  counts: { readonly images: number; readonly batches: number },
): { modules: ModuleMeasurement[]; final: Score } {
  const modules = blocks.map((block): { -readonly [Key in keyof ModuleMeasurement]: ModuleMeasurement[Key] } => ({
    block,
    independent: undefined,
    cascade: undefined,
    reconstruction: undefined,
    probe: undefined,
  }));
  let final: Score = { loss: Number.NaN, accuracy: undefined };
  for (const metric of metrics) {
    const score = scoreOf(metric, sums, counts);
    const module = modules[metric.module];
    if (module === undefined) continue;
    switch (metric.kind) {
      case 'final':
        final = score;
        break;
      case 'probe':
        module.probe = score;
        break;
      case 'reconstruction':
        module.reconstruction = score.loss;
        break;
      case 'task':
        module[metric.purpose === 'cascade' ? 'cascade' : 'independent'] = score;
    }
  }
  return { modules, final };
}

function scoreOf(
  metric: Metric,
  sums: MetricSums,
  counts: { readonly images: number; readonly batches: number },
): Score {
  const total = (place: number) =>
    metric.labels.reduce((sum, label) => sum + (sums.get(label)?.[place] ?? Number.NaN), 0);
  if (metric.form === 'mean') return { loss: total(0) / counts.batches, accuracy: undefined };
  return { loss: total(0) / counts.images, accuracy: total(1) / counts.images };
}
