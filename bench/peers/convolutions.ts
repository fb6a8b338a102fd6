import { GraphBuilder } from '../../src/graph/builder.ts';
import type { StepGraph } from '../../src/graph/graph.ts';
import { conv2d } from '../../src/graph/kinds/convolution.ts';
import { elements } from '../../src/graph/value.ts';
import { blockShapes, type NetworkShape } from '../../src/network/network-shape.ts';

export const directions = ['forward', 'input gradient', 'filter gradient'] as const;
export type Direction = (typeof directions)[number];

/** A convolution by itself: square images of `size` pixels a side, padded by half the kernel. */
export interface LoneConvolution {
  readonly batch: number;
  readonly size: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
}

/** Every shape of convolution in a network, each once, in order. */
export function convolutionsOf(network: NetworkShape, batch: number): LoneConvolution[] {
  const found = new Map<string, LoneConvolution>();
  const add = (convolution: LoneConvolution) => found.set(JSON.stringify(convolution), convolution);
  let size = network.imageSize;
  add({ batch, size, inputs: 3, outputs: network.widths[0] as number, kernel: 3, stride: 1 });
  for (const { inputs, outputs, stride } of blockShapes(network)) {
    add({ batch, size, inputs, outputs, kernel: 3, stride });
    if (stride !== 1 || inputs !== outputs) add({ batch, size, inputs, outputs, kernel: 1, stride });
    size /= stride;
    add({ batch, size, inputs: outputs, outputs, kernel: 3, stride: 1 });
  }
  return [...found.values()];
}

/** A convolution in words: `16 to 32, 3x3, 32x32, stride 2`. */
export const describeConvolution = ({ inputs, outputs, kernel, size, stride }: LoneConvolution): string =>
  `${inputs} to ${outputs}, ${kernel}x${kernel}, ${size}x${size}${stride === 1 ? '' : `, stride ${stride}`}`;

/** Shapes [N,H,W,C] of its input and output, and [k,k,C,C'] of its weights. */
export function shapesOf({ batch, size, inputs, outputs, kernel, stride }: LoneConvolution) {
  return {
    x: [batch, size, size, inputs],
    y: [batch, size / stride, size / stride, outputs],
    weights: [kernel, kernel, inputs, outputs],
  } as const;
}

/** Multiply-adds of one direction, the same for all three. */
export const multiplyAddsOf = (convolution: LoneConvolution): number =>
  elements(shapesOf(convolution).y) * convolution.kernel ** 2 * convolution.inputs;

/** The graph of one direction of a convolution over stored values. */
export function convolutionGraph(convolution: LoneConvolution, direction: Direction): StepGraph {
  const builder = new GraphBuilder();
  const { kernel, stride, batch } = convolution;
  const shapes = shapesOf(convolution);
  const attributes = { stride, padding: (kernel - 1) / 2, sample: undefined };
  const stored = (label: keyof typeof shapes) => builder.state(label, shapes[label], { kind: 'constant', value: 0 });
  const result = (label: keyof typeof shapes) =>
    builder.add({ label: `result ${label}`, shape: shapes[label], role: 'activation' });
  switch (direction) {
    case 'forward':
      conv2d(builder, stored('x'), [stored('weights')], attributes);
      break;
    case 'input gradient':
      builder.append({
        kind: 'conv2dInputGradient',
        inputs: { dy: stored('y'), weights: [stored('weights')], accumulate: undefined, accumulateMask: undefined },
        outputs: { dx: result('x') },
        attributes,
      });
      break;
    case 'filter gradient':
      builder.append({
        kind: 'conv2dParameterGradient',
        inputs: { x: stored('x'), dy: stored('y') },
        outputs: { dweights: [result('weights')], dbiases: [] },
        attributes: { ...attributes, accumulate: false },
      });
      break;
  }
  return builder.build('evaluate', batch);
}

/** A square matrix product as a 1x1 convolution over `size` pixels of `size` channels. */
export function matmulGraph(size: number): StepGraph {
  const columns = 32;
  const builder = new GraphBuilder();
  const initial = { kind: 'constant', value: 0 } as const;
  const x = builder.state('x', [1, size / columns, columns, size], initial);
  const weights = builder.state('weights', [1, 1, size, size], initial);
  conv2d(builder, x, [weights], { stride: 1, padding: 0 });
  return builder.build('evaluate', 1);
}
