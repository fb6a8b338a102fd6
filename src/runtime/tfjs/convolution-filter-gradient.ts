import {
  Conv2DBackpropFilter,
  conv2d,
  engine,
  matMul,
  pad,
  reshape,
  slice,
  type Tensor2D,
  type Tensor4D,
  transpose,
} from '@tensorflow/tfjs-core';

interface FilterGradientShape {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** Gradient of a convolution's weights by the backend's own kernel: x [N,H,W,C], dy [N,H',W',C'] -> [k,k,C,C']. */
export function directFilterGradient(x: Tensor4D, dy: Tensor4D, shape: FilterGradientShape): Tensor4D {
  const { kernel, stride, padding } = shape;
  const filterShape = [kernel, kernel, x.shape[3], dy.shape[3]];
  const attributes = { strides: stride, pad: padding, dataFormat: 'NHWC', filterShape };
  return engine().runKernel(Conv2DBackpropFilter, { x, dy }, attributes);
}

/**
 * The same without such a kernel. It is itself a convolution whose
 * channels are the batch: x as [C,H,W,N], dy as the kernel [H',W',N,C'], dilated by the stride.
 */
export function filterGradient(x: Tensor4D, dy: Tensor4D, shape: FilterGradientShape): Tensor4D {
  const { kernel, stride, padding } = shape;
  if (kernel === 1 && padding === 0) return pointwiseFilterGradient(x, dy, stride);
  const [, height, width] = x.shape;
  const [, rows, columns] = dy.shape;
  // Pixels below and right that no tap reads are left out, so that exactly k x k sums come out.
  const needed = (outputs: number) => stride * (outputs - 1) + kernel;
  const below = needed(rows) - height - padding;
  const right = needed(columns) - width - padding;
  const image = transpose(cropped(x, Math.max(0, -below), Math.max(0, -right)), [3, 1, 2, 0]);
  const filter = transpose(dy, [1, 2, 0, 3]);
  const margins: [[number, number], [number, number], [number, number], [number, number]] = [
    [0, 0],
    [padding, Math.max(0, below)],
    [padding, Math.max(0, right)],
    [0, 0],
  ];
  return transpose(conv2d(image, filter, 1, margins, 'NHWC', stride), [1, 2, 0, 3]);
}

function cropped(x: Tensor4D, below: number, right: number): Tensor4D {
  if (below === 0 && right === 0) return x;
  const [images, height, width, channels] = x.shape;
  return slice(x, [0, 0, 0, 0], [images, height - below, width - right, channels]);
}

/** 1x1 convolutions: one matrix product [C,n] x [n,C'] over the pixels that the stride keeps. */
function pointwiseFilterGradient(x: Tensor4D, dy: Tensor4D, stride: number): Tensor4D {
  const [images, rows, columns, outputs] = dy.shape;
  const channels = x.shape[3];
  const pixels = images * rows * columns;
  const kept = reshape(strided(x, stride, rows, columns), [pixels, channels]) as Tensor2D;
  const product = matMul(transpose(kept), reshape(dy, [pixels, outputs]) as Tensor2D);
  return reshape(product, [1, 1, channels, outputs]);
}

/** Every `stride`-th row and column of x, by padding to whole strides and slicing the first of each. */
function strided(x: Tensor4D, stride: number, rows: number, columns: number): Tensor4D {
  if (stride === 1) return x;
  const [images, height, width, channels] = x.shape;
  const below = Math.max(0, rows * stride - height);
  const right = Math.max(0, columns * stride - width);
  const whole = cropped(x, Math.max(0, height - rows * stride), Math.max(0, width - columns * stride));
  const even =
    below + right === 0
      ? whole
      : pad(whole, [
          [0, 0],
          [0, below],
          [0, right],
          [0, 0],
        ]);
  const folded = reshape(even, [images * rows, stride, columns, stride * channels]) as Tensor4D;
  const first = slice(folded, [0, 0, 0, 0], [images * rows, 1, columns, channels]);
  return reshape(first, [images, rows, columns, channels]);
}
