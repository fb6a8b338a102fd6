/** Milliseconds between two beats of the clock of this process. */
const beat = 1000;
/** Milliseconds without a beat after which the machine, and not a long piece of work, must have stood still. */
const longestWork = 30_000;

/**
 * A clock that goes on only while the machine is awake, and never back: of a gap in which nobody read it for long, as when a laptop was
 * closed, and of a leap back one beat counts, since no more can have been awake. A timer has to read it every beat.
 *
 * @param source milliseconds, of a clock that may leap
 * @returns milliseconds awake
 */
export function createAwakeClock(source: () => number): () => number {
  let last = source();
  let awake = 0;
  return () => {
    const now = source();
    const gap = now - last;
    last = now;
    awake += gap >= 0 && gap <= longestWork ? gap : beat;
    return awake;
  };
}

let clock: (() => number) | undefined;

/** Milliseconds that this process was awake, since it first asked. What work took is measured with it. */
export function awakeNow(): number {
  if (clock === undefined) {
    clock = createAwakeClock(() => performance.now());
    const timer: unknown = setInterval(clock, beat);
    // On Node the beat alone must not keep a program going.
    if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as { unref(): void }).unref();
  }
  return clock();
}
