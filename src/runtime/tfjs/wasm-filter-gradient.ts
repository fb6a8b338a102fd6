import {
  backend_util,
  Conv2DBackpropFilter,
  type Conv2DBackpropFilterAttrs,
  registerKernel,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { compileOuterProducts, type OuterProducts } from './wasm-outer-products.ts';

/** The part of tfjs' WASM backend used here. */
interface WasmBackend {
  readonly wasm: {
    readonly HEAPU8: Uint8Array;
    /** Its own memory. */
    readonly asm: { readonly memory?: WebAssembly.Memory };
    /** The memory it shares with its threads. */
    readonly wasmMemory?: WebAssembly.Memory;
  };
  getMemoryOffset(dataId: object): number;
  makeOutput(shape: readonly number[], dtype: 'float32'): TensorInfo;
}

interface Images {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
}

/** Bytes of x and dy to pass over for all taps before going on: about what the first caches hold. */
const blockBytes = 65_536;

/**
 * Gives tfjs-wasm the kernel it lacks, the gradient of a convolution's weights. Direct, without the transposes and packing of the
 * detour through a convolution, and adding in blocks, so that it keeps more digits. False where this WASM cannot run it.
 */
export function registerFilterGradient(backend: unknown): boolean {
  let products: OuterProducts;
  try {
    const { asm, wasmMemory } = (backend as WasmBackend).wasm;
    products = compileOuterProducts((asm.memory ?? wasmMemory) as WebAssembly.Memory);
  } catch {
    return false;
  }
  registerKernel({
    kernelName: Conv2DBackpropFilter,
    backendName: 'wasm',
    kernelFunc(run) {
      const inputs = run.inputs as unknown as Images;
      return filterGradient(
        run.backend as WasmBackend,
        inputs,
        run.attrs as unknown as Conv2DBackpropFilterAttrs,
        products,
      );
    },
  });
  return true;
}

/** Outputs, counted along one axis, whose input lies inside the image for one tap. */
interface Reach {
  readonly first: number;
  readonly end: number;
  /** The input pixel that meets output `first`. */
  readonly input: number;
}

function reachOf(tap: number, stride: number, padding: number, inputs: number, outputs: number): Reach {
  const shift = padding - tap;
  const first = Math.max(0, Math.ceil(shift / stride));
  const end = Math.min(outputs, Math.floor((inputs - 1 + shift) / stride) + 1);
  return { first, end, input: stride * first - shift };
}

function filterGradient(
  backend: WasmBackend,
  { x, dy }: Images,
  attributes: Conv2DBackpropFilterAttrs,
  products: OuterProducts,
): TensorInfo {
  const { filterShape, strides, pad, dimRoundingMode } = attributes;
  const info = backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, strideHeight, strideWidth } = info;
  const output = backend.makeOutput(filterShape, 'float32');
  const [images, cotangents, sums] = [x, dy, output].map(({ dataId }) => backend.getMemoryOffset(dataId)) as [
    number,
    number,
    number,
  ];
  const tapBytes = 4 * inChannels * outChannels;
  backend.wasm.HEAPU8.fill(0, sums, sums + tapBytes * info.filterHeight * info.filterWidth);

  const range = (length: number) => Array.from({ length }, (_, index) => index);
  const across = range(info.filterWidth).map((tap) => reachOf(tap, strideWidth, info.padInfo.left, inWidth, outWidth));
  const down = range(info.filterHeight).map((tap) => reachOf(tap, strideHeight, info.padInfo.top, inHeight, outHeight));
  const xRow = 4 * inWidth * inChannels;
  const dyRow = 4 * outWidth * outChannels;
  const blockRows = Math.max(1, Math.floor(blockBytes / (strideHeight * xRow + dyRow)));
  for (let image = 0; image < info.batchSize; image++) {
    for (let block = 0; block < outHeight; block += blockRows) {
      down.forEach((vertical, tapRow) => {
        const first = Math.max(block, vertical.first);
        const rows = Math.min(block + blockRows, vertical.end) - first;
        if (rows <= 0) return;
        const inputRow = vertical.input + strideHeight * (first - vertical.first);
        const xLine = images + (image * inHeight + inputRow) * xRow;
        const dyLine = cotangents + (image * outHeight + first) * dyRow;
        across.forEach((horizontal, tapColumn) => {
          const columns = horizontal.end - horizontal.first;
          if (columns <= 0) return;
          products(
            xLine + 4 * horizontal.input * inChannels,
            dyLine + 4 * horizontal.first * outChannels,
            sums + (tapRow * info.filterWidth + tapColumn) * tapBytes,
            rows,
            columns,
            inChannels,
            outChannels,
            strideHeight * xRow,
            dyRow,
            4 * strideWidth * inChannels,
          );
        });
      });
    }
  }
  return output;
}
