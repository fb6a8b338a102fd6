/**
 * Exponential moving average, corrected for its start; gaps stay gaps and do not weigh.
 *
 * @param weight share of the past, 0 (no smoothing) to below 1
 */
export function smooth(values: Float64Array, weight: number): Float64Array {
  const smoothed = new Float64Array(values.length);
  let average = 0;
  let mass = 0;
  values.forEach((value, index) => {
    if (Number.isNaN(value)) {
      smoothed[index] = Number.NaN;
      return;
    }
    average = weight * average + (1 - weight) * value;
    mass = weight * mass + (1 - weight);
    smoothed[index] = average / mass;
  });
  return smoothed;
}
