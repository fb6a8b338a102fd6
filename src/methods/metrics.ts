import type { Purpose } from './terms.ts';

/**
 * A measured quantity of one module. `task`: loss and, for cross-entropy, top-1 hits; `reconstruction`: the decoder's loss, the sum
 * of its parts; `final`: the head; `probe`: the linear probe.
 */
export interface Metric {
  readonly kind: 'task' | 'reconstruction' | 'final' | 'probe';
  readonly module: number;
  readonly purpose: Purpose;
  /** Labels of the metric values it is the sum of. */
  readonly labels: readonly string[];
  /** `classification`: [sum of losses, hits]; `mean`: [loss]. */
  readonly form: 'classification' | 'mean';
}

/** Names a metric value by purpose, block and part. */
export const metricLabel = (purpose: Purpose, block: string, part: string): string => `${purpose}.${block}.${part}`;
