import type { Conv2dParameterGradient } from '../../../graph/node.ts';
import { multiplyAdds } from '../../../graph/operation-count.ts';
import type { ValueId } from '../../../graph/value.ts';
import { filterSplits } from '../../../graph/workspace.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';
import { usesLargeTiles } from './convolution-tile.ts';
import { RowSource } from './row-source.ts';

type Extents = readonly [number, number, number, number];
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/**
 * conv2dParameterGradient. First kernel: a thread holds all taps of four inputs x some outputs and walks over its share of the output
 * rows, four pixels at a time: with the pixels as columns, the sum over them is a product of matrix and vector. Second kernel: adds up
 * the shares in order.
 */
export function lowerConv2dParameterGradient(
  node: Conv2dParameterGradient,
  lowering: Lowering,
  index: number,
): Kernel[] {
  return [partialKernel(node, lowering, index), finishKernel(node, lowering, index)];
}

interface Sizes {
  readonly groups: number;
  readonly kernel: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Output rows of one group of images. */
  readonly rows: number;
  readonly splits: number;
  /** Rows of `outputs` numbers in one part of the workspace: weights, then the bias. */
  readonly partRows: number;
}

function sizesOf({ inputs, outputs }: Conv2dParameterGradient, lowering: Lowering): Sizes {
  const [images, outHeight, , channels] = lowering.value(inputs.dy).shape as Extents;
  const [kernel, , inputChannels] = lowering.value(outputs.dweights[0] as ValueId).shape as Extents;
  const groups = outputs.dweights.length;
  const rows = (images / groups) * outHeight;
  const splits = filterSplits(rows, groups, inputChannels, channels);
  const partRows = kernel * kernel * inputChannels + (outputs.dbiases.length > 0 ? 1 : 0);
  return { groups, kernel, inputs: inputChannels, outputs: channels, rows, splits, partRows };
}

function partialKernel(node: Conv2dParameterGradient, lowering: Lowering, index: number): Kernel {
  const { stride, padding, sample } = node.attributes;
  const sizes = sizesOf(node, lowering);
  const { groups, kernel, rows, splits, partRows } = sizes;
  const [batch, height, width] = lowering.value(node.inputs.x).shape as Extents;
  const [, outHeight, outWidth] = lowering.value(node.inputs.dy).shape as Extents;
  const builder = new KernelBuilder(lowering, 'convolution parameter gradient');
  const source = new RowSource(builder.read(node.inputs.x, 'x'), { batch, height, width }, sample);
  const dy = builder.read(node.inputs.dy, 'dy');
  const parts = builder.workspace(index, 'parts', sizes.outputs);
  const biased = node.outputs.dbiases.length > 0;

  const inputFours = Math.ceil(sizes.inputs / 4);
  const outputFours = Math.ceil(sizes.outputs / 4);
  const most = usesLargeTiles(lowering.tuning, kernel, multiplyAdds(lowering.graph, node)) ? 4 : 1;
  const fours =
    range(most)
      .map((k) => most - k)
      .find((count) => outputFours % count === 0) ?? 1;
  const outputTiles = outputFours / fours;
  // All taps at once where they are few; large kernels row by row of taps, as their code would grow with the square.
  const tapRows = kernel <= 3 ? kernel : 1;
  const bands = kernel / tapRows;
  const threads = splits * groups * outputTiles * inputFours * bands;
  const perSplit = Math.ceil(rows / splits);
  const step = source.wholeRows ? Math.ceil(outWidth / 4) * 4 : 4;
  const columnOf = (pixel: number, kx: number) => pixel * stride + kx - padding;
  const columns = [...new Set(range(step).flatMap((pixel) => range(kernel).map((kx) => columnOf(pixel, kx))))].sort(
    (a, b) => a - b,
  );
  const lastStart = (Math.ceil(outWidth / step) - 1) * step;
  const name = (column: number) => (column < 0 ? `m${-column}` : `${column}`);
  const lines: string[] = [];
  const put = (...text: string[]) => lines.push(...text);

  put(
    `let ci = t % ${inputFours}; let o = (t / ${inputFours} % ${outputTiles}) * ${fours};`,
    `let run = t / ${inputFours * outputTiles} % ${groups}; let band = t / ${inputFours * outputTiles * groups} % ${bands};`,
    `let part = t / ${inputFours * outputTiles * groups * bands}; let firstTap = band * ${tapRows};`,
  );
  for (const tap of range(tapRows * kernel))
    for (const k of range(4)) for (const q of range(fours)) put(`var a${tap}_${k}_${q} = vec4f();`);
  if (biased) for (const q of range(fours)) put(`var b${q} = vec4f();`);
  put(`for (var row = part * ${perSplit}; row < min(${rows}, (part + 1) * ${perSplit}); row++) {`);
  put(`let n = run * ${rows / outHeight} + row / ${outHeight}; let oy = row % ${outHeight};`);
  for (const ky of range(tapRows)) {
    put(
      `let y${ky} = oy * ${stride} + firstTap + ${ky - padding}; let ok${ky} = y${ky} >= 0 && y${ky} < ${source.height};`,
    );
    put(source.openRow(`r${ky}`, 'n', `y${ky}`));
  }
  put(`for (var ox = 0; ox < ${outWidth}; ox += ${step}) {`);
  put(`let start = ox * ${stride};`);
  for (const pixel of range(step)) {
    const inside = lastStart + pixel < outWidth ? undefined : `ox + ${pixel} < ${outWidth}`;
    for (const q of range(fours)) {
      const loaded = dy.load4(`(n * ${outHeight} + oy) * ${outWidth} + ox + ${pixel}`, `(o + ${q})`);
      put(`let d${pixel}_${q} = ${inside === undefined ? loaded : `select(vec4f(), ${loaded}, ${inside})`};`);
      if (biased) put(`b${q} += d${pixel}_${q};`);
    }
  }
  for (const quad of range(step / 4))
    for (const q of range(fours))
      put(
        `let e${quad}_${q} = mat4x4f(${range(4)
          .map((p) => `d${quad * 4 + p}_${q}`)
          .join(', ')});`,
      );
  for (const ky of range(tapRows)) {
    put(`if (ok${ky}) {`);
    if (source.wholeRows) {
      const inside = columns.filter((column) => column >= 0 && column < source.width);
      put(source.loadFixed(`r${ky}`, 'x', inside, 'ci'));
      for (const column of columns) if (!inside.includes(column)) put(`let x${name(column)} = vec4f();`);
    } else {
      for (const column of columns) {
        const at = `(start + ${column})`;
        const checks = [
          ...(column < 0 ? [`${at} >= 0`] : []),
          ...(lastStart * stride + column >= source.width ? [`${at} < ${source.width}`] : []),
        ];
        const loaded = source.load(`r${ky}`, at, 'ci');
        put(
          `let x${name(column)} = ${checks.length === 0 ? loaded : `select(vec4f(), ${loaded}, ${checks.join(' && ')})`};`,
        );
      }
    }
    for (const kx of range(kernel))
      for (const k of range(4)) {
        const vectors = range(step / 4).map((quad) => {
          const pixels = range(4).map((p) => `x${name(columnOf(quad * 4 + p, kx))}[${k}]`);
          return `vec4f(${pixels.join(', ')})`;
        });
        vectors.forEach((vector, quad) => {
          put(`let v${kx}_${k}_${quad} = ${vector};`);
        });
        for (const q of range(fours)) {
          const sum = vectors.map((_, quad) => `e${quad}_${q} * v${kx}_${k}_${quad}`).join(' + ');
          put(`a${ky * kernel + kx}_${k}_${q} += ${sum};`);
        }
      }
    put('}');
  }
  put('}', '}');
  put(`let first = (part * ${groups} + run) * ${partRows};`);
  for (const tap of range(tapRows * kernel))
    for (const k of range(4)) {
      const stores = range(fours).map((q) =>
        parts.store4(
          `first + (firstTap * ${kernel} + ${tap}) * ${sizes.inputs} + ci * 4 + ${k}`,
          `(o + ${q})`,
          `a${tap}_${k}_${q}`,
        ),
      );
      const check = sizes.inputs % 4 === 0 ? undefined : `ci * 4 + ${k} < ${sizes.inputs}`;
      put(check === undefined ? stores.join(' ') : `if (${check}) { ${stores.join(' ')} }`);
    }
  if (biased) {
    const stores = range(fours).map((q) => parts.store4(`first + ${partRows - 1}`, `(o + ${q})`, `b${q}`));
    put(`if (ci == 0 && band == 0) { ${stores.join(' ')} }`);
  }
  return builder.finish(lines.join('\n'), { threads, workgroupSize: lowering.tuning.kind === 'cpu' ? 16 : 64 });
}

function finishKernel(node: Conv2dParameterGradient, lowering: Lowering, index: number): Kernel {
  const { groups, outputs, splits, partRows } = sizesOf(node, lowering);
  const builder = new KernelBuilder(lowering, 'convolution parameter gradient, sum');
  const dweights = builder.writeEach(node.outputs.dweights, 'dw');
  const biased = node.outputs.dbiases.length > 0;
  const dbiases = biased ? builder.writeEach(node.outputs.dbiases, 'db') : undefined;
  const parts = builder.workspace(index, 'parts', outputs);
  const fours = Math.ceil(outputs / 4);
  const { accumulate } = node.attributes;
  const weightRows = partRows - (biased ? 1 : 0);
  const shift = `run * ${dweights.stride}`;
  const before = accumulate ? `sum += ${dweights.tensor.load4('row', 'q', shift)};` : '';
  const storeWeight = `${before} ${dweights.tensor.store4('row', 'q', 'sum', shift)}`;
  const biasShift = `run * ${dbiases?.stride ?? 0}`;
  const storeBias =
    dbiases === undefined
      ? ''
      : `${accumulate ? `sum += ${dbiases.tensor.load4(0, 'q', biasShift)};` : ''} ${dbiases.tensor.store4(0, 'q', 'sum', biasShift)}`;
  const body = [
    `let q = t % ${fours}; let row = t / ${fours} % ${partRows}; let run = t / ${fours * partRows};`,
    'var sum = vec4f();',
    `for (var part = 0; part < ${splits}; part++) { sum += ${parts.load4(`(part * ${groups} + run) * ${partRows} + row`, 'q')}; }`,
    biased ? `if (row == ${weightRows}) { ${storeBias} } else { ${storeWeight} }` : storeWeight,
  ];
  return builder.finish(body.join('\n'), { threads: groups * partRows * fours });
}
