import { type FoundBatch, searchBatch } from '../../methods/batch-search.ts';

/** Largest batch size that an experiment takes. */
export const mostImages = 4096;

export type LargestBatch = FoundBatch | { readonly kind: 'cancelled' } | { readonly kind: 'failed' };

/**
 * The largest batch whose planned peak is within a budget, with plans made elsewhere.
 *
 * @param budget bytes
 * @param peakOf planned peak bytes at a batch size; undefined where planning failed
 * @param cancelled asked before each plan
 * @param most batch size at most
 */
export async function largestBatch(
  budget: number,
  peakOf: (batch: number) => Promise<number | undefined>,
  cancelled: () => boolean = () => false,
  most: number = mostImages,
): Promise<LargestBatch> {
  const search = searchBatch(budget, 1, most);
  let turn = search.next();
  while (!turn.done) {
    if (cancelled()) return { kind: 'cancelled' };
    const bytes = await peakOf(turn.value);
    if (bytes === undefined) return { kind: 'failed' };
    turn = search.next(bytes);
  }
  return cancelled() ? { kind: 'cancelled' } : turn.value;
}
