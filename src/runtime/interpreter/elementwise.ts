import { expectEqual, extents2, masked, type Tensor } from './tensor.ts';

/** add: y = a + b of equal shapes, each zeroed where its mask is <= 0. Throws where lengths disagree. */
export function add(a: Tensor, b: Tensor, maskA: Tensor | undefined, maskB: Tensor | undefined): Tensor {
  expectEqual(b.data.length, a.data.length, 'length of the second term');
  const right = masked(b.data, maskB);
  return { shape: a.shape, data: masked(a.data, maskA).map((value, index) => value + (right[index] as number)) };
}

/** sumGroups: x [G*B,O] -> y [B,O] = scale * (sum of the groups, in order) [+ accumulate]. Throws where G does not divide the rows. */
export function sumGroups(x: Tensor, accumulate: Tensor | undefined, groups: number, scale: number): Tensor {
  const [rows, outputs] = extents2(x.shape);
  const length = (rows / groups) * outputs;
  if (!Number.isInteger(rows / groups)) throw new Error(`${rows} rows do not divide into ${groups} groups`);
  if (accumulate !== undefined) expectEqual(accumulate.data.length, length, 'length of what is accumulated');
  const y = new Float64Array(length);
  for (let index = 0; index < length; index++) {
    let sum = 0;
    for (let group = 0; group < groups; group++) sum += x.data[group * length + index] as number;
    y[index] = scale * sum + (accumulate === undefined ? 0 : (accumulate.data[index] as number));
  }
  return { shape: [rows / groups, outputs], data: y };
}

/** spreadGroups: dy [B,O] -> dx [G*B,O] = scale * dy, once for every group: the transpose of `sumGroups`. */
export function spreadGroups(dy: Tensor, groups: number, scale: number): Tensor {
  const [rows, outputs] = extents2(dy.shape);
  const scaled = dy.data.map((value) => scale * value);
  const dx = new Float64Array(groups * scaled.length);
  for (let group = 0; group < groups; group++) dx.set(scaled, group * scaled.length);
  return { shape: [groups * rows, outputs], data: dx };
}
