/** Images stored as a red, a green and a blue plane, to RGB triples. */
export interface Planes {
  /** Pixels of a side. */
  readonly size: number;
  /** Whether pixels run down the columns ('column') or along the rows ('row'). */
  readonly order: 'row' | 'column';
}

/** One image: three planes from byte `start` of `from`, to RGB triples, row after row, from byte `first` of `to`. */
export function interleave(
  from: Uint8Array,
  start: number,
  to: Uint8Array,
  first: number,
  { size, order }: Planes,
): void {
  const pixels = size * size;
  let at = first;
  if (order === 'row') {
    for (let pixel = start; pixel < start + pixels; pixel++) {
      to[at] = from[pixel] as number;
      to[at + 1] = from[pixel + pixels] as number;
      to[at + 2] = from[pixel + 2 * pixels] as number;
      at += 3;
    }
    return;
  }
  for (let row = 0; row < size; row++) {
    for (let pixel = start + row; pixel < start + pixels; pixel += size) {
      to[at] = from[pixel] as number;
      to[at + 1] = from[pixel + pixels] as number;
      to[at + 2] = from[pixel + 2 * pixels] as number;
      at += 3;
    }
  }
}
