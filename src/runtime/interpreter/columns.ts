import { type MatrixView, rowMajor } from './matrix.ts';
import { expectEqual, extents4, type Tensor } from './tensor.ts';

/** Extents of one convolution over the sampled input: x [rows,H,W,C] * [k,k,C,C'] -> [rows,H',W',C']. */
export interface ConvolutionGeometry {
  readonly rows: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly outputHeight: number;
  readonly outputWidth: number;
  readonly outputChannels: number;
  /** Length k*k*C of a window: rows of the weight matrix. */
  readonly window: number;
}

/** The geometry of x [N,H,W,C] with weights [k,k,C,C']: H' = floor((H + 2 padding - k)/stride) + 1. Throws where C differs. */
export function convolutionGeometry(
  shape: readonly number[],
  weights: readonly number[],
  stride: number,
  padding: number,
): ConvolutionGeometry {
  const [rows, height, width, channels] = extents4(shape);
  const [kernel, kernelWidth, inputs, outputChannels] = extents4(weights);
  expectEqual(kernelWidth, kernel, 'width of the kernel');
  expectEqual(inputs, channels, 'input channels of the weights');
  const outputHeight = Math.floor((height + 2 * padding - kernel) / stride) + 1;
  const outputWidth = Math.floor((width + 2 * padding - kernel) / stride) + 1;
  const window = kernel * kernel * channels;
  return {
    rows,
    height,
    width,
    channels,
    kernel,
    stride,
    padding,
    outputHeight,
    outputWidth,
    outputChannels,
    window,
  };
}

/** Whether every window is one pixel, so that the input already is the matrix of its windows. */
export const isPointwise = (g: ConvolutionGeometry): boolean => g.kernel === 1 && g.stride === 1 && g.padding === 0;

/** Called for each pixel of a window that lies inside the image: where it starts in the windows and in the image. */
type VisitTap = (inWindows: number, inImage: number) => void;

/** Visits the taps of the windows of output pixels first..first+count-1, counted through all rows; zeros are skipped. */
function forEachTap(g: ConvolutionGeometry, first: number, count: number, visit: VisitTap): void {
  const { height, width, channels, kernel, stride, padding, outputHeight, outputWidth, window } = g;
  for (let index = 0; index < count; index++) {
    const pixel = first + index;
    const line = Math.floor(pixel / outputWidth);
    const left = (pixel % outputWidth) * stride - padding;
    const top = (line % outputHeight) * stride - padding;
    const row = Math.floor(line / outputHeight);
    const lastX = Math.min(kernel, width - left);
    const lastY = Math.min(kernel, height - top);
    for (let ky = Math.max(0, -top); ky < lastY; ky++) {
      for (let kx = Math.max(0, -left); kx < lastX; kx++) {
        visit(
          index * window + (ky * kernel + kx) * channels,
          ((row * height + top + ky) * width + left + kx) * channels,
        );
      }
    }
  }
}

/**
 * The windows of output pixels first..first+count-1 of x as a matrix [count, k*k*C] (im2col), zeros where the padding
 * is. `buffer` holds it, unless x can be read as it is.
 */
export function windowsOf(
  x: Tensor,
  g: ConvolutionGeometry,
  first: number,
  count: number,
  buffer: Float64Array,
): MatrixView {
  if (isPointwise(g)) return rowMajor(x.data, g.channels, first * g.channels);
  const source = x.data;
  const channels = g.channels;
  buffer.fill(0);
  forEachTap(g, first, count, (inWindows, inImage) => {
    for (let c = 0; c < channels; c++) buffer[inWindows + c] = source[inImage + c] as number;
  });
  return rowMajor(buffer, g.window);
}

/** The transpose of `windowsOf`: adds a matrix of windows [count, k*k*C] to the pixels of dx [N,H,W,C] they came from. */
export function addWindows(
  dx: Float64Array,
  g: ConvolutionGeometry,
  first: number,
  count: number,
  windows: Float64Array,
): void {
  const channels = g.channels;
  forEachTap(g, first, count, (inWindows, inImage) => {
    for (let c = 0; c < channels; c++) {
      dx[inImage + c] = (dx[inImage + c] as number) + (windows[inWindows + c] as number);
    }
  });
}
