import { add, fused, mul, relu, reshape, type Tensor2D, type Tensor4D, tile } from '@tensorflow/tfjs-core';

/**
 * image * scale + shift, channel by channel: image [G*B,H,W,C], scale and shift [G,C], one row per group of rows;
 * then a ReLU where wanted.
 */
export function affine(image: Tensor4D, scale: Tensor2D, shift: Tensor2D, rectify: boolean): Tensor4D {
  const [groups, channels] = scale.shape;
  // A depthwise 1x1 convolution does all three in one pass, four times faster than broadcasting on WASM.
  if (groups === 1) {
    return fused.depthwiseConv2d({
      x: image,
      filter: reshape(scale, [1, 1, channels, 1]),
      strides: 1,
      pad: 'valid',
      // tfjs-wasm wants the bias computed as a vector, not reshaped into one.
      bias: add(reshape(shift, [channels]), 0),
      activation: rectify ? 'relu' : 'linear',
    });
  }
  const [rows, height, width] = image.shape;
  const pixels = (rows / groups) * height * width;
  const fold = foldOf(pixels);
  const wide = reshape(image, [groups, pixels / fold, fold * channels]);
  const repeated = (vector: Tensor2D) => reshape(tile(vector, [1, fold]), [groups, 1, fold * channels]);
  const line = add(mul(wide, repeated(scale)), repeated(shift));
  return reshape(rectify ? relu(line) : line, image.shape);
}

/** How many pixels to lay side by side, so that broadcasting runs over long rows. */
function foldOf(pixels: number): number {
  let fold = 1;
  while (fold < 32 && pixels % (fold * 2) === 0) fold *= 2;
  return fold;
}
