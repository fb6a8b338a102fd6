/** Largest batch size that an experiment takes. */
export const mostImages = 4096;

export type LargestBatch =
  | {
      readonly kind: 'found';
      readonly batch: number;
      /** Planned peak at that batch. */
      readonly bytes: number;
    }
  /** Not even one image fits; so much it takes. */
  | { readonly kind: 'none'; readonly bytes: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed' };

/**
 * Searches the largest batch whose planned peak is within a budget: doubling until it is not, then halving the gap. Memory grows
 * with the batch, so that about 24 plans are made at most.
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
  let fits = { batch: 0, bytes: 0 };
  let tooLarge = { batch: most + 1, bytes: Number.POSITIVE_INFINITY };
  let next = 1;
  while (tooLarge.batch - fits.batch > 1) {
    if (cancelled()) return { kind: 'cancelled' };
    const bytes = await peakOf(next);
    if (bytes === undefined) return { kind: 'failed' };
    if (bytes <= budget) fits = { batch: next, bytes };
    else tooLarge = { batch: next, bytes };
    const doubled = Math.min(fits.batch * 2, most);
    next = doubled < tooLarge.batch && doubled > fits.batch ? doubled : Math.floor((fits.batch + tooLarge.batch) / 2);
  }
  if (cancelled()) return { kind: 'cancelled' };
  return fits.batch > 0 ? { kind: 'found', ...fits } : { kind: 'none', bytes: tooLarge.bytes };
}
