/** What happened while nobody looked, or while nothing could run. */
export type Absence =
  /** The page was hidden: steps done when that began, and when it ended. */
  | { readonly kind: 'hidden'; readonly seconds: number; readonly from: number; readonly to: number }
  /** The machine slept, or its clock was set: forward, or (negative) back. */
  | { readonly kind: 'leap'; readonly seconds: number; readonly step: number };

/** The page at one moment. */
export interface PageMoment {
  /** Milliseconds of the machine's clock, which can be set. */
  readonly wall: number;
  /** Milliseconds of the page's clock, which cannot, and may or may not stand still while the machine sleeps. */
  readonly steady: number;
  readonly hidden: boolean;
  readonly training: boolean;
  readonly step: number;
}

/** Seconds between two moments that are told of: browsers give hidden pages a turn every minute, at least. */
const longestGap = 120;
/** Seconds that a page is hidden before it is worth a word. */
const longHidden = 60;

/** Watches the page from moment to moment, a second apart or as the browser lets it; answers what is worth telling of a run in training. */
export function createAbsenceWatch(): (now: PageMoment) => Absence | undefined {
  let before: PageMoment | undefined;
  let hiddenAt: PageMoment | undefined;
  return (now) => {
    const last = before;
    before = now;
    if (last === undefined) return undefined;
    if (now.hidden && !last.hidden) hiddenAt = now.training ? now : undefined;
    const wall = (now.wall - last.wall) / 1000;
    const steady = (now.steady - last.steady) / 1000;
    const seconds = wall < -longestGap ? wall : Math.max(wall, steady);
    if (Math.abs(seconds) > longestGap) {
      // Whatever the page's time was, it says nothing about how long it was hidden.
      if (hiddenAt !== undefined) hiddenAt = now;
      return last.training ? { kind: 'leap', seconds, step: now.step } : undefined;
    }
    if (now.hidden || hiddenAt === undefined) return undefined;
    const { steady: since, step: from } = hiddenAt;
    hiddenAt = undefined;
    const away = (now.steady - since) / 1000;
    return away < longHidden ? undefined : { kind: 'hidden', seconds: away, from, to: now.step };
  };
}
