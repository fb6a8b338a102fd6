import type { Tuning } from '../kernel.ts';

/** What one thread of a convolution computes: `rows` x `columns` pixels of `fours` x 4 channels. */
export interface Tile {
  readonly rows: number;
  readonly columns: number;
  readonly fours: number;
  readonly workgroupSize: number;
}

export interface TileOptions {
  readonly kernel: number;
  /** Multiply-adds of the whole convolution. */
  readonly work: number;
  /** Columns are a multiple of this. */
  readonly multiple?: number;
  /** Whether a tile has to span a row. */
  readonly whole?: boolean;
}

/**
 * The tile for an output of this size. On a processor that emulates a GPU a load costs seven times a product of a matrix and a vector,
 * so tiles are as large as the registers of a GPU never would allow; small outputs get smaller ones, so that every core has work.
 */
export function chooseTile(
  output: { readonly images: number; readonly height: number; readonly width: number; readonly channels: number },
  tuning: Tuning,
  { kernel, work, multiple = 1, whole = false }: TileOptions,
): Tile {
  const { images, height, width, channels } = output;
  const allFours = Math.ceil(channels / 4);
  const large = usesLargeTiles(tuning, kernel, work);
  let columns = whole ? width : narrow(width, large ? 16 : 4);
  columns = Math.ceil(columns / multiple) * multiple;
  let fours = divisor(allFours, large ? 4 : 2);
  let rows = large ? Math.max(1, Math.min(height, Math.floor(16 / columns))) : 1;
  const threads = () => images * Math.ceil(height / rows) * Math.ceil(width / columns) * (allFours / fours);
  const wanted = tuning.kind === 'cpu' ? 64 : 4096;
  while (threads() < wanted) {
    if (rows > 1) rows = Math.floor(rows / 2);
    else if (!whole && columns >= 8 && columns % 2 === 0 && (columns / 2) % multiple === 0) columns /= 2;
    else if (fours > 1) fours = divisor(allFours, fours - 1);
    else break;
  }
  return { rows, columns, fours, workgroupSize: tuning.kind === 'cpu' ? 16 : 64 };
}

/** Columns of a tile: what divides the width where possible. */
function narrow(width: number, most: number): number {
  if (width <= most) return width;
  for (let columns = most; columns >= most / 2; columns--) if (width % columns === 0) return columns;
  return most;
}

/** The largest divisor of `count` that is at most `most`. */
function divisor(count: number, most: number): number {
  for (let found = Math.min(count, most); found > 1; found--) if (count % found === 0) return found;
  return 1;
}

/** Whether registers are used as freely as only an emulated GPU allows. */
export const usesLargeTiles = (tuning: Tuning, kernel: number, work: number): boolean =>
  tuning.kind === 'cpu' && kernel <= 3 && work >= tuning.smallWork;
