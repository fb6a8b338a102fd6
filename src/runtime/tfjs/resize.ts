import { matMul, reshape, type Tensor2D, type Tensor4D, tensor2d, transpose } from '@tensorflow/tfjs-core';

/** Bilinear resize (align_corners) of [N,H,W,C] to height x width pixels; the image itself where nothing changes. */
export function resizeBilinear(image: Tensor4D, height: number, width: number): Tensor4D {
  const [, fromHeight, fromWidth] = image.shape;
  const columns = fromWidth === width ? image : contractWidth(image, interpolation(fromWidth, width, false));
  return fromHeight === height ? columns : contractHeight(columns, interpolation(fromHeight, height, false));
}

/** Adjoint of `resizeBilinear`: a gradient at the resized size, back at height x width pixels. */
export function resizeGradient(gradient: Tensor4D, height: number, width: number): Tensor4D {
  const [, fromHeight, fromWidth] = gradient.shape;
  const columns = fromWidth === width ? gradient : contractWidth(gradient, interpolation(width, fromWidth, true));
  return fromHeight === height ? columns : contractHeight(columns, interpolation(height, fromHeight, true));
}

/**
 * The matrix of a resize from `from` to `to` pixels as [from, to], or transposed. Built in float64: the weights of
 * tfjs' own resize kernels come from float32 positions, and tfjs-wasm has no gradient of them.
 */
function interpolation(from: number, to: number, transposed: boolean): Tensor2D {
  const matrix = new Float32Array(from * to);
  const scale = to > 1 ? (from - 1) / (to - 1) : 0;
  const put = (source: number, target: number, weight: number) => {
    const at = transposed ? target * from + source : source * to + target;
    matrix[at] = (matrix[at] as number) + weight;
  };
  for (let target = 0; target < to; target++) {
    const position = target * scale;
    const low = Math.min(Math.floor(position), from - 1);
    const fraction = position - low;
    put(low, target, 1 - fraction);
    if (fraction > 0 && low + 1 < from) put(low + 1, target, fraction);
  }
  return tensor2d(matrix, transposed ? [to, from] : [from, to]);
}

/** [N,H,W,C] x [W,V] -> [N,H,V,C]. The contracted axis goes innermost: that is the only fast matrix product on WASM. */
function contractWidth(image: Tensor4D, matrix: Tensor2D): Tensor4D {
  const [rows, height, width, channels] = image.shape;
  const lines = reshape(transpose(image, [0, 1, 3, 2]), [rows * height * channels, width]);
  const product = reshape(matMul(lines, matrix), [rows, height, channels, matrix.shape[1]]);
  return transpose(product as Tensor4D, [0, 1, 3, 2]);
}

/** [N,H,W,C] x [H,V] -> [N,V,W,C]. */
function contractHeight(image: Tensor4D, matrix: Tensor2D): Tensor4D {
  const [rows, height, width, channels] = image.shape;
  const lines = transpose(reshape(image, [rows, height, width * channels]), [0, 2, 1]);
  const product = matMul<Tensor2D>(reshape(lines, [rows * width * channels, height]), matrix);
  const back = transpose(reshape(product, [rows, width * channels, matrix.shape[1]]), [0, 2, 1]);
  return reshape(back, [rows, matrix.shape[1], width, channels]);
}
