import {
  add,
  avgPool,
  concat,
  mul,
  reshape,
  slice,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tile,
} from '@tensorflow/tfjs-core';

/** Rows `index`*n .. of a tensor whose first axis is `groups` equal runs of n. */
export function groupRows<Kind extends Tensor>(tensor: Kind, groups: number, index: number): Kind {
  if (groups === 1) return tensor;
  const rows = (tensor.shape[0] as number) / groups;
  const begin = tensor.shape.map((_, axis) => (axis === 0 ? index * rows : 0));
  const size = tensor.shape.map((length, axis) => (axis === 0 ? rows : length));
  return slice(tensor, begin, size) as Kind;
}

/** Tensors one below the other; a single one stays itself. */
export function stackRows<Kind extends Tensor>(tensors: readonly Kind[]): Kind {
  const [first] = tensors;
  if (first !== undefined && tensors.length === 1) return first;
  return concat(tensors as Kind[], 0) as Kind;
}

/** [G*B,O] -> [B,O]: the sum over groups, in order. */
export function poolRows(tensor: Tensor, groups: number): Tensor {
  let sum = groupRows(tensor, groups, 0);
  for (let index = 1; index < groups; index++) sum = add(sum, groupRows(tensor, groups, index));
  return sum;
}

/** [B,O] -> [G*B,O], the rows over and over. */
export const repeatRows = (tensor: Tensor, groups: number): Tensor =>
  tile(
    tensor,
    tensor.shape.map((_, axis) => (axis === 0 ? groups : 1)),
  );

/**
 * Mean over height and width: [N,H,W,C] -> [N,C]. By pooling, which adds in blocks: tfjs-wasm's own sum goes one number after the
 * other in float32 and is wrong in the fourth digit after 16,000.
 */
export function spatialMean(image: Tensor4D): Tensor2D {
  const [rows, height, width, channels] = image.shape;
  if (height * width === 1) return reshape(image, [rows, channels]);
  return reshape(avgPool(image, [height, width], 1, 'valid'), [rows, channels]);
}

/** Mean over the rows of each group and their pixels: [G*B,H,W,C] -> [G,C]. */
export function groupMean(image: Tensor4D, groups: number): Tensor2D {
  const perImage = spatialMean(image);
  const [rows, channels] = perImage.shape;
  const perGroup = rows / groups;
  const block = balancedDivisor(perGroup);
  const perBlock = spatialMean(reshape(perImage, [rows / block, block, 1, channels]));
  return spatialMean(reshape(perBlock, [groups, perGroup / block, 1, channels]));
}

/** The largest divisor of a number not above its square root. */
function balancedDivisor(count: number): number {
  let divisor = Math.floor(Math.sqrt(count));
  while (count % divisor !== 0) divisor--;
  return divisor;
}

/** Sum over rows and pixels of each channel: [N,H,W,C] -> [C]. */
export function channelSum(image: Tensor4D): Tensor1D {
  const [rows, height, width, channels] = image.shape;
  return reshape(mul(groupMean(image, 1), rows * height * width), [channels]);
}

/** Sum over the rows of a matrix: [N,C] -> [C]. */
export const rowSum = (matrix: Tensor2D): Tensor1D =>
  channelSum(reshape(matrix, [matrix.shape[0], 1, 1, matrix.shape[1]]));
