/** A batch size and its planned peak in bytes. */
export interface BatchPeak {
  readonly batch: number;
  readonly bytes: number;
}

/** What a search came to: the largest batch that fits, or that not even the least does, and what that takes. */
export type FoundBatch = ({ readonly kind: 'found' } & BatchPeak) | { readonly kind: 'none'; readonly bytes: number };

/**
 * Searches the largest batch whose planned peak is within a budget. Memory grows with the batch, nearly in proportion: the place is
 * guessed on the line between what fits and what does not, and the gap halved every third time in case it bends, so that few plans are
 * made. Yields each batch size to plan and takes its planned bytes; whoever drives it decides where plans are made and whether to go on.
 *
 * @param budget bytes
 * @param least smallest batch worth having
 * @param most batch size at most
 */
export function* searchBatch(budget: number, least: number, most: number): Generator<number, FoundBatch, number> {
  if (most < least) return { kind: 'none', bytes: Number.POSITIVE_INFINITY };
  let fits: BatchPeak = { batch: least, bytes: yield least };
  if (fits.bytes > budget) return { kind: 'none', bytes: fits.bytes };
  if (most === least) return { kind: 'found', ...fits };
  let tooLarge: BatchPeak = { batch: most, bytes: yield most };
  if (tooLarge.bytes <= budget) return { kind: 'found', ...tooLarge };
  for (let turn = 1; tooLarge.batch - fits.batch > 1; turn++) {
    const gap = tooLarge.batch - fits.batch;
    const share = turn % 3 === 0 ? 0.5 : (budget - fits.bytes) / (tooLarge.bytes - fits.bytes);
    const batch = fits.batch + Math.min(gap - 1, Math.max(1, Math.floor(gap * share)));
    const bytes = yield batch;
    if (bytes <= budget) fits = { batch, bytes };
    else tooLarge = { batch, bytes };
  }
  return { kind: 'found', ...fits };
}
