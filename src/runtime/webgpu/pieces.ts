/** Cuts a step into pieces that are submitted one by one, so that a page drawn by the same GPU gets its turn. */
export interface Pacer {
  /** Ends (exclusive indices) of the pieces, the last one included. */
  ends(): readonly number[];
  /** Tells how long a whole step took on the device, in milliseconds. One that took a night, as when the machine slept, moves nothing. */
  took(milliseconds: number): void;
}

/** Steps whose median is believed. */
const remembered = 5;

/**
 * Pieces of about `piece` milliseconds by the time that past steps took; a kernel that takes longer is a piece of its own. The size of
 * pieces changes no number.
 *
 * @param work estimated work of each kernel, in any unit
 * @param expected milliseconds a step is expected to take before one was measured
 */
export function createPacer(work: readonly number[], expected: number, piece = 8): Pacer {
  const total = Math.max(
    1,
    work.reduce((sum, item) => sum + item, 0),
  );
  let planned = Math.max(expected, 1e-3);
  const measured: number[] = [];
  let ends = cut();
  function cut(): number[] {
    const share = (total * piece) / planned;
    const found: number[] = [];
    let sum = 0;
    work.forEach((item, index) => {
      if (sum > 0 && sum + item > share) {
        found.push(index);
        sum = 0;
      }
      sum += item;
    });
    found.push(work.length);
    return found;
  }
  return {
    ends: () => ends,
    took(milliseconds) {
      if (measured.push(milliseconds) > remembered) measured.shift();
      const sorted = measured.toSorted((a, b) => a - b);
      // Of two the smaller: of a step that was slept through and another the other is right.
      const usual = sorted[Math.floor((sorted.length - 1) / 2)] as number;
      // Cut anew only when it matters: the arrays are made here, not in the step.
      if (usual > planned * 1.5 || usual < planned / 1.5) {
        planned = Math.max(usual, 1e-3);
        ends = cut();
      }
    },
  };
}
