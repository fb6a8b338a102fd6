/** Milliseconds now, and seconds spent held by a pause so far. */
interface Moment {
  readonly time: number;
  readonly held: number;
}

/** What times a run: `held` gives the seconds that it was held by a pause so far. */
export type Held = () => number;

/** The seconds a run has trained and evaluated, where steps may overlap and a pause may hold them. */
export class RunSeconds {
  /** Seconds so far. */
  total = 0;
  private arrivedAt: Moment = { time: Number.NEGATIVE_INFINITY, held: 0 };

  /** @param now milliseconds now */
  constructor(private readonly now: () => number) {}

  /**
   * Begins to time a piece of work that may overlap with the one before it, as steps do; what it returns is called once its metrics are
   * there, and counts and gives its seconds, without those in which the one before it was still under way.
   */
  begin(held: Held): () => number {
    const began = this.moment(held);
    return () => {
      const arrived = this.moment(held);
      const from = began.time > this.arrivedAt.time ? began : this.arrivedAt;
      this.arrivedAt = arrived;
      const seconds = (arrived.time - from.time) / 1000 - (arrived.held - from.held);
      this.total += seconds;
      return seconds;
    };
  }

  private moment(held: Held): Moment {
    return { time: this.now(), held: held() };
  }
}
