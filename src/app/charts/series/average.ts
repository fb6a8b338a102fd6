/**
 * Exponential moving average, corrected for its start: the weighted mean of what was added so far. Gaps (NaN) stay gaps and do not weigh.
 * With weight 0 it repeats what is added.
 */
export class Average {
  /** Weighted sum of the past; with `mass`, all there is to know of it. */
  sum = 0;
  /** Weight that the past has together: 1 but for the start. */
  mass = 0;

  /** @param weight share of the past, 0 to below 1 */
  constructor(readonly weight: number) {}

  /** Takes one value in and answers the average with it. */
  add(value: number): number {
    if (this.weight === 0 || Number.isNaN(value)) return value;
    this.sum = this.weight * this.sum + (1 - this.weight) * value;
    this.mass = this.weight * this.mass + (1 - this.weight);
    return this.sum / this.mass;
  }
}
