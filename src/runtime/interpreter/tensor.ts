/** A tensor of the interpreter: row-major float64 numbers and their shape. Never changed once a function returned it. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/**
 * The four extents [N, H, W, C] of an image tensor (or [k, k, C, C'] of convolution weights). Throws where the shape has
 * another rank: a bug in the graph, which the program reports with the node's name.
 */
export function extents4(shape: readonly number[]): readonly [number, number, number, number] {
  const [first, second, third, fourth] = shape;
  if (shape.length !== 4 || first === undefined || second === undefined || third === undefined || fourth === undefined)
    throw new Error(`a shape of four extents was expected, not [${shape.join(', ')}]`);
  return [first, second, third, fourth];
}

/** The two extents [rows, columns] of a matrix. Throws where the shape has another rank, as `extents4` does. */
export function extents2(shape: readonly number[]): readonly [number, number] {
  const [first, second] = shape;
  if (shape.length !== 2 || first === undefined || second === undefined)
    throw new Error(`a shape of two extents was expected, not [${shape.join(', ')}]`);
  return [first, second];
}

/** The last extent of a shape: its channels. Throws on an empty shape. */
export function channelsOf(shape: readonly number[]): number {
  const last = shape.at(-1);
  if (last === undefined) throw new Error('a shape with channels was expected, not []');
  return last;
}

/** Throws, naming `what`, unless two sizes that must agree do. */
export function expectEqual(actual: number, expected: number, what: string): void {
  if (actual !== expected) throw new Error(`${what}: ${expected} expected, ${actual} found`);
}

/**
 * The tensor of group `group` of `groups` in a list that holds either one tensor for all groups or an equal number of
 * consecutive groups per tensor. Throws where the list is empty or does not divide the groups.
 */
export function ofGroup<Entry>(list: readonly Entry[], group: number, groups: number): Entry {
  const entry = list[Math.floor((group * list.length) / groups)];
  if (entry === undefined || groups % list.length !== 0)
    throw new Error(`${list.length} tensors cannot serve ${groups} groups`);
  return entry;
}

/** Sets to zero, in a copy, the numbers of `data` whose `mask` is <= 0; without a mask, `data` itself. */
export function masked(data: Float64Array, mask: Tensor | undefined): Float64Array {
  if (mask === undefined) return data;
  expectEqual(mask.data.length, data.length, 'length of the mask');
  const kept = new Float64Array(data.length);
  for (let index = 0; index < data.length; index++) {
    // Written this way round, a NaN in the mask lets the gradient through instead of hiding itself.
    if (!((mask.data[index] as number) <= 0)) kept[index] = data[index] as number;
  }
  return kept;
}
