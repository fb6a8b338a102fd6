import {
  conv2d,
  type Rank,
  reshape,
  slice,
  type Tensor2D,
  type Tensor4D,
  transpose,
  zeros,
} from '@tensorflow/tfjs-core';
import { stackRows } from './rows.ts';

interface InputGradientShape {
  readonly stride: number;
  readonly padding: number;
  /** Pixels of the convolution's input. */
  readonly height: number;
  readonly width: number;
}

/**
 * Gradient of a convolution's input: dy [N,H',W',C'] and weights [k,k,C,C'] -> [N,height,width,C], as a convolution of dy
 * with the flipped, transposed kernel. With a stride s, row s*q + r of the padded input meets only the taps r, r+s, ...;
 * the s*s phases are output channels of one convolution, interleaved afterwards.
 */
export function inputGradient(dy: Tensor4D, weights: Tensor4D, shape: InputGradientShape): Tensor4D {
  const { stride, padding, height, width } = shape;
  const [kernel, , channels] = weights.shape;
  const taps = Math.ceil(kernel / stride);
  const filter = phaseKernel(weights, stride, taps);
  if (stride === 1 && padding < kernel) return conv2d(dy, filter, 1, kernel - 1 - padding);
  const [images, rows, columns] = dy.shape;
  const below = Math.ceil((height + 2 * padding) / stride) - rows;
  const right = Math.ceil((width + 2 * padding) / stride) - columns;
  const phases = conv2d(dy, filter, 1, [
    [0, 0],
    [taps - 1, below],
    [taps - 1, right],
    [0, 0],
  ]);
  const padded = stride === 1 ? phases : interleaved(phases, stride);
  if (padded.shape[1] === height && padded.shape[2] === width) return padded;
  return slice(padded, [0, padding, padding, 0], [images, height, width, channels]);
}

/** [k,k,C,C'] -> [taps,taps,C',s*s*C]: flipped within each phase, zero where a phase has fewer taps. */
function phaseKernel(weights: Tensor4D, stride: number, taps: number): Tensor4D {
  const [kernel, , channels, outputs] = weights.shape;
  const flat = reshape(weights, [kernel * kernel, channels * outputs]);
  const range = (length: number) => Array.from({ length }, (_, index) => index);
  const tapOf = (position: number, phase: number) => phase + stride * (taps - 1 - position);
  // Slices and one concatenation: tfjs-wasm's gather and reverse take ten times as long.
  const rows = range(taps).flatMap((row) =>
    range(taps).flatMap((column) =>
      range(stride).flatMap((rowPhase) =>
        range(stride).map((columnPhase) => {
          const [tapRow, tapColumn] = [tapOf(row, rowPhase), tapOf(column, columnPhase)];
          if (tapRow >= kernel || tapColumn >= kernel) return zeros<Rank.R2>([1, channels * outputs]);
          return slice(flat, [tapRow * kernel + tapColumn, 0], [1, channels * outputs]) as Tensor2D;
        }),
      ),
    ),
  );
  const split = reshape(stackRows(rows), [taps * taps, stride * stride, channels, outputs]) as Tensor4D;
  return reshape(transpose(split, [0, 3, 1, 2]), [taps, taps, outputs, stride * stride * channels]);
}

/** [N,Q,Q,s*s*C] -> [N,s*Q,s*Q,C], each pixel's phases side by side. A transpose is a hundred times faster on WASM than depthToSpace. */
function interleaved(phases: Tensor4D, stride: number): Tensor4D {
  const [images, rows, columns, depth] = phases.shape;
  const channels = depth / (stride * stride);
  const split = reshape(phases, [images * rows, columns, stride, stride * channels]) as Tensor4D;
  return reshape(transpose(split, [0, 2, 1, 3]), [images, rows * stride, columns * stride, channels]);
}
