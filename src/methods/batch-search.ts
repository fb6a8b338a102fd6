/** A batch size and its planned peak in bytes. */
export interface BatchPeak {
  readonly batch: number;
  readonly bytes: number;
}

/** What a search came to: the largest batch that fits, or that not even the least does, and what that takes. */
export type FoundBatch = ({ readonly kind: 'found' } & BatchPeak) | { readonly kind: 'none'; readonly bytes: number };

/**
 * Searches the largest batch whose planned peak is within a budget: doubling until it is not, then halving the gap. Memory grows with the
 * batch, so that about 24 plans are made at most. Yields each batch size to plan and takes its planned bytes; whoever drives it decides
 * where plans are made and whether to go on.
 *
 * @param budget bytes
 * @param least smallest batch worth having
 * @param most batch size at most
 */
export function* searchBatch(budget: number, least: number, most: number): Generator<number, FoundBatch, number> {
  let fits: BatchPeak = { batch: least - 1, bytes: 0 };
  let tooLarge: BatchPeak = { batch: most + 1, bytes: Number.POSITIVE_INFINITY };
  let next = least;
  while (tooLarge.batch - fits.batch > 1) {
    const bytes = yield next;
    if (bytes <= budget) fits = { batch: next, bytes };
    else tooLarge = { batch: next, bytes };
    const doubled = Math.min(fits.batch * 2, most);
    next = doubled < tooLarge.batch && doubled > fits.batch ? doubled : Math.floor((fits.batch + tooLarge.batch) / 2);
  }
  return fits.batch >= least ? { kind: 'found', ...fits } : { kind: 'none', bytes: tooLarge.bytes };
}
