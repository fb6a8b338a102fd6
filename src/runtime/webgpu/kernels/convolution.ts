import type { Conv2d, Conv2dInputGradient } from '../../../graph/node.ts';
import { multiplyAdds } from '../../../graph/operation-count.ts';
import type { ValueId } from '../../../graph/value.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';
import { gatherKernel } from './convolution-gather.ts';
import { lowerSampledInputGradient } from './convolution-sampled-gradient.ts';
import { RowSource } from './row-source.ts';

type Extents = readonly [number, number, number, number];

/** conv2d: every output pixel gathers k x k pixels of x (or of its resized patches). */
export function lowerConv2d(node: Conv2d, lowering: Lowering): Kernel[] {
  const { stride, padding, sample } = node.attributes;
  const shape = (id: ValueId) => lowering.value(id).shape as Extents;
  const [batch, height, width, inputs] = shape(node.inputs.x);
  const [images, outHeight, outWidth, outputs] = shape(node.outputs.y);
  const [kernel] = shape(node.inputs.weights[0] as ValueId);
  const builder = new KernelBuilder(lowering, sample === undefined ? 'convolution' : 'convolution of patches');
  const y = builder.write(node.outputs.y, 'y');
  const source = new RowSource(builder.read(node.inputs.x, 'x'), { batch, height, width }, sample);
  const weights = builder.readEach(node.inputs.weights, 'w');
  const biases = node.inputs.biases.length > 0 ? builder.readEach(node.inputs.biases, 'bias') : undefined;
  const readBy = (position: string, tap: string) => `(${position}) * ${stride} + ${tap} - ${padding}`;
  return [
    gatherKernel(builder, {
      source,
      sourceChannels: inputs,
      output: { images, height: outHeight, width: outWidth, channels: outputs },
      kernel,
      work: multiplyAdds(lowering.graph, node),
      groups: node.inputs.weights.length,
      columnOf: (pixel, tap) => pixel * stride + tap - padding,
      columnStep: { times: stride, by: 1 },
      columnAt: (column, tap) => ({ x: readBy(column, tap), exists: 'true' }),
      rowOf: (row, tap) => ({ y: readBy(row, tap), exists: 'true' }),
      weightRow: (tap, four, lane) => `(${tap}) * ${inputs} + ${four} * 4 + ${lane}`,
      weightRowExists: inputs % 4 === 0 ? undefined : (four, lane) => `${four} * 4 + ${lane} < ${inputs}`,
      weights,
      transposed: false,
      finish: (pixel, four, sum, group) => {
        const bias = biases === undefined ? '' : ` + ${biases.tensor.load4(0, four, `${group} * ${biases.stride}`)}`;
        return y.store4(pixel, four, `${sum}${bias}`);
      },
    }),
  ];
}

/** conv2dInputGradient: every input pixel gathers the output pixels that read it, through the weights' transpose. */
export function lowerConv2dInputGradient(node: Conv2dInputGradient, lowering: Lowering): Kernel[] {
  const { stride, padding, sample } = node.attributes;
  if (sample !== undefined) return lowerSampledInputGradient(node, sample, lowering);
  const shape = (id: ValueId) => lowering.value(id).shape as Extents;
  const [images, height, width, inputs] = shape(node.outputs.dx);
  const [batch, outHeight, outWidth, outputs] = shape(node.inputs.dy);
  const [kernel] = shape(node.inputs.weights[0] as ValueId);
  const builder = new KernelBuilder(lowering, 'convolution input gradient');
  const dx = builder.write(node.outputs.dx, 'dx');
  const map = { batch, height: outHeight, width: outWidth };
  const source = new RowSource(builder.read(node.inputs.dy, 'dy'), map, undefined);
  const weights = builder.readEach(node.inputs.weights, 'w');
  const { accumulate, accumulateMask } = node.inputs;
  const before = accumulate === undefined ? undefined : builder.read(accumulate, 'before');
  const mask = accumulateMask === undefined ? undefined : builder.read(accumulateMask, 'mask');
  /** The row or column of dy that read a position of dx at a tap. */
  const reader = (place: string, tap: string) => {
    const position = `(${place} + ${padding} - ${tap})`;
    if (stride === 1) return { place: position, exists: 'true' };
    return { place: `${position} / ${stride}`, exists: `${position} >= 0 && ${position} % ${stride} == 0` };
  };
  return [
    gatherKernel(builder, {
      source,
      sourceChannels: outputs,
      output: { images, height, width, channels: inputs },
      kernel,
      work: multiplyAdds(lowering.graph, node),
      groups: node.inputs.weights.length,
      columnOf: (pixel, tap) => {
        const position = pixel + padding - tap;
        return position % stride === 0 ? position / stride : undefined;
      },
      columnStep: { times: 1, by: stride },
      columnAt(column, tap) {
        const { place: x, exists } = reader(column, tap);
        return { x, exists };
      },
      rowOf(row, tap) {
        const { place: y, exists } = reader(row, tap);
        return { y, exists };
      },
      weightRow: (tap, four, lane) => `(${tap}) * ${inputs} + (${four}) * 4 + ${lane}`,
      weightRowExists: inputs % 4 === 0 ? undefined : (four, lane) => `(${four}) * 4 + ${lane} < ${inputs}`,
      weights,
      transposed: true,
      finish: (pixel, four, sum) => {
        if (before === undefined) return dx.store4(pixel, four, sum);
        const arrived = before.load4(pixel, four);
        const added =
          mask === undefined ? arrived : `select(vec4f(), ${arrived}, ${mask.load4(pixel, four)} > vec4f())`;
        return dx.store4(pixel, four, `${sum} + ${added}`);
      },
    }),
  ];
}
