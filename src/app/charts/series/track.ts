import { Average } from './average.ts';
import { Growing } from './growing.ts';

/** Lowest and highest number of some neighbours, and which of them came first. */
export interface Extremes {
  readonly low: number;
  readonly high: number;
  readonly lowFirst: boolean;
}

/** Numbers of one block: what is read one by one at most, wherever a bucket begins. */
export const blockSize = 64;

interface Level {
  readonly low: Growing;
  readonly high: Growing;
  /** 1 where the lowest came before the highest. */
  readonly lowFirst: Growing;
}

/**
 * A growing column as a chart needs it: smoothed on request, and with the extremes of every aligned run of 64, 128, 256 ... numbers
 * ready, so that a line over a million steps is a few hundred look-ups. What was added is folded in once; gaps are NaN.
 */
export class Track {
  /** Numbers and extremes read so far: the cost, for tests. */
  reads = 0;
  private readonly levels: Level[] = [];
  private readonly average: Average;
  /** The average's state before each whole block. */
  private readonly sums = new Growing();
  private readonly masses = new Growing();
  private readonly scratch = new Float64Array(blockSize);
  /** The block whose numbers are in `scratch`, and how many of them. */
  private filled = { block: -1, count: 0 };

  /** @param weight share of the past in the moving average, 0 (as measured) to below 1 */
  constructor(private readonly weight: number) {
    this.average = new Average(weight);
  }

  /** How many numbers are folded in. */
  get folded(): number {
    return this.sums.length * blockSize;
  }

  /** Folds in the whole blocks of a column that only grew since the last call. */
  extend(values: Float64Array): void {
    const whole = Math.floor(values.length / blockSize);
    for (let block = this.sums.length; block < whole; block++) {
      this.sums.push(this.average.sum);
      this.masses.push(this.average.mass);
      this.smooth(values, block, this.average);
      this.push(0, extremesOf(this.scratch, 0, blockSize));
    }
  }

  /** Extremes of `size` numbers (a power of two) from `first` (a multiple of it) on, or of those there are; undefined where all are gaps. */
  bucket(values: Float64Array, first: number, size: number): Extremes | undefined {
    const level = Math.log2(size / blockSize);
    if (level < 0) return this.scan(values, first, Math.min(values.length, first + size));
    const known = this.levels[level];
    if (known !== undefined && first / size < known.low.length) return this.read(known, first / size);
    if (level === 0) return this.scan(values, first, Math.min(values.length, first + size));
    // Not all of it is there yet: its halves.
    const half = size / 2;
    const later = first + half < values.length ? this.bucket(values, first + half, half) : undefined;
    return joined(this.bucket(values, first, half), later);
  }

  /** The (smoothed) number at `index`. */
  at(values: Float64Array, index: number): number {
    this.fill(values, index);
    return this.scratch[index % blockSize] as number;
  }

  /** Extremes of `first` to before `end`, within one block. */
  private scan(values: Float64Array, first: number, end: number): Extremes | undefined {
    this.fill(values, end - 1);
    this.reads += end - first;
    const offset = first - (first % blockSize);
    return extremesOf(this.scratch, first - offset, end - offset);
  }

  /** Brings the numbers of the block of `index`, up to it at least, into `scratch`. */
  private fill(values: Float64Array, index: number): void {
    const block = Math.floor(index / blockSize);
    if (this.filled.block === block && this.filled.count > index % blockSize) return;
    const average = new Average(this.weight);
    const whole = block < this.sums.length;
    average.sum = whole ? this.sums.at(block) : this.average.sum;
    average.mass = whole ? this.masses.at(block) : this.average.mass;
    this.smooth(values, block, average);
  }

  private smooth(values: Float64Array, block: number, average: Average): void {
    const first = block * blockSize;
    const count = Math.min(values.length - first, blockSize);
    for (let place = 0; place < count; place++) this.scratch[place] = average.add(values[first + place] as number);
    this.reads += count;
    this.filled = { block, count };
  }

  private push(level: number, extremes: Extremes | undefined): void {
    this.levels[level] ??= { low: new Growing(), high: new Growing(), lowFirst: new Growing() };
    const here = this.levels[level];
    here.low.push(extremes?.low ?? Number.NaN);
    here.high.push(extremes?.high ?? Number.NaN);
    here.lowFirst.push(extremes?.lowFirst === true ? 1 : 0);
    const count = here.low.length;
    if (count % 2 === 0) this.push(level + 1, joined(this.read(here, count - 2), this.read(here, count - 1)));
  }

  private read({ low, high, lowFirst }: Level, index: number): Extremes | undefined {
    this.reads++;
    if (Number.isNaN(low.at(index))) return undefined;
    return { low: low.at(index), high: high.at(index), lowFirst: lowFirst.at(index) === 1 };
  }
}

/** Extremes of some numbers of a list, gaps passed over. */
function extremesOf(numbers: Float64Array, first: number, end: number): Extremes | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let lowAt = -1;
  let highAt = -1;
  for (let index = first; index < end; index++) {
    const value = numbers[index] as number;
    if (value < low) {
      low = value;
      lowAt = index;
    }
    if (value > high) {
      high = value;
      highAt = index;
    }
  }
  return lowAt < 0 ? undefined : { low, high, lowFirst: lowAt <= highAt };
}

/** Extremes of two neighbours, the first before the second. */
function joined(one: Extremes | undefined, other: Extremes | undefined): Extremes | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const lowInOne = one.low <= other.low;
  const highInOne = one.high >= other.high;
  return {
    low: lowInOne ? one.low : other.low,
    high: highInOne ? one.high : other.high,
    lowFirst: lowInOne === highInOne ? (lowInOne ? one : other).lowFirst : lowInOne,
  };
}
