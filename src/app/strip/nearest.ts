/** Index of the number nearest to `wanted` in a rising list; -1 where the list is empty. */
export function nearest(rising: readonly number[], wanted: number): number {
  let best = -1;
  for (const [index, value] of rising.entries()) {
    if (best === -1 || Math.abs(value - wanted) < Math.abs((rising[best] as number) - wanted)) best = index;
  }
  return best;
}
