import type { GraphBuilder, ParameterRange, TensorShape } from '../graph/builder.ts';
import { conv2d } from '../graph/kinds/convolution.ts';
import { linear } from '../graph/kinds/linear.ts';
import { globalAveragePool } from '../graph/kinds/pooling.ts';
import type { ValueId } from '../graph/value.ts';
import { type BatchNormMode, batchNorm, batchNormOf, batchNormTensors } from './batch-norm.ts';
import type { BlockShape, NetworkShape } from './network-shape.ts';

/** A convolution without bias, drawn normal with standard deviation sqrt(2/(k*k*out)) (method.md 2). */
export function convolutionTensor(name: string, kernel: number, inputs: number, outputs: number): TensorShape {
  const deviation = Math.sqrt(2 / (kernel * kernel * outputs));
  return { name, shape: [kernel, kernel, inputs, outputs], initial: { kind: 'normal', deviation } };
}

/** A linear layer's weight and bias, drawn uniform in +-1/sqrt(inputs) (method.md 2). */
export function linearTensors(name: string, inputs: number, outputs: number): TensorShape[] {
  const initial = { kind: 'uniform', bound: 1 / Math.sqrt(inputs) } as const;
  return [
    { name: `${name}.weight`, shape: [inputs, outputs], initial },
    { name: `${name}.bias`, shape: [outputs], initial },
  ];
}

/** Declares the stem: a 3x3 convolution of the image to the first width, and its batch normalisation. */
export function declareStem(builder: GraphBuilder, network: NetworkShape, module: number): ParameterRange {
  const width = network.widths[0] as number;
  return builder.within({ owner: 'stem', module }, () =>
    builder.parameters([convolutionTensor('conv1.weight', 3, 3, width), ...batchNormTensors('bn1', width)]),
  );
}

/** Declares a basic block: two 3x3 convolutions, and a 1x1 shortcut where the shape changes. */
export function declareBlock(builder: GraphBuilder, block: BlockShape, module: number): ParameterRange {
  const { inputs, outputs, key } = block;
  const tensors = [
    convolutionTensor('conv1.weight', 3, inputs, outputs),
    ...batchNormTensors('bn1', outputs),
    convolutionTensor('conv2.weight', 3, outputs, outputs),
    ...batchNormTensors('bn2', outputs),
  ];
  if (hasShortcut(block)) {
    tensors.push(
      convolutionTensor('downsample.0.weight', 1, inputs, outputs),
      ...batchNormTensors('downsample.1', outputs),
    );
  }
  return builder.within({ owner: `block.${key}`, module }, () => builder.parameters(tensors));
}

/** Declares the head: one linear layer on the pooled features. */
export function declareHead(builder: GraphBuilder, network: NetworkShape, module: number): ParameterRange {
  const width = network.widths.at(-1) as number;
  return builder.within({ owner: 'head', module }, () =>
    builder.parameters(linearTensors('fc', width, network.classes)),
  );
}

/** Appends the stem: image [B,H,W,3] -> [B,H,W,C]. */
export function stemForward(builder: GraphBuilder, image: ValueId, stem: ParameterRange, mode: BatchNormMode): ValueId {
  return convolutionUnit(builder, image, stem, ['conv1.weight', 'bn1'], mode, { stride: 1, padding: 1, relu: true });
}

/** Appends a basic block: relu(bn2(conv2(relu(bn1(conv1(x))))) + shortcut(x)). */
export function blockForward(
  builder: GraphBuilder,
  x: ValueId,
  block: BlockShape,
  range: ParameterRange,
  mode: BatchNormMode,
): ValueId {
  const { stride } = block;
  const inner = convolutionUnit(builder, x, range, ['conv1.weight', 'bn1'], mode, { stride, padding: 1, relu: true });
  const shortcut = hasShortcut(block)
    ? convolutionUnit(builder, x, range, ['downsample.0.weight', 'downsample.1'], mode, {
        stride,
        padding: 0,
        relu: false,
      })
    : x;
  const last = { stride: 1, padding: 1, relu: true, residual: shortcut };
  return convolutionUnit(builder, inner, range, ['conv2.weight', 'bn2'], mode, last);
}

/** Appends features [B,H,W,C] -> logits [B,classes]; `metric` makes the logits readable under that label. */
export function headForward(builder: GraphBuilder, features: ValueId, head: ParameterRange, metric?: string): ValueId {
  const pooled = globalAveragePool(builder, features);
  const tensor = (name: string) => head.tensors.get(name) as ValueId;
  return linear(builder, pooled, tensor('fc.weight'), tensor('fc.bias'), { relu: false, metric });
}

const hasShortcut = ({ inputs, outputs, stride }: BlockShape): boolean => inputs !== outputs || stride !== 1;

interface UnitOptions {
  readonly stride: number;
  readonly padding: number;
  readonly relu: boolean;
  readonly residual?: ValueId;
}

function convolutionUnit(
  builder: GraphBuilder,
  x: ValueId,
  range: ParameterRange,
  [weight, norm]: readonly [string, string],
  mode: BatchNormMode,
  { stride, padding, relu, residual }: UnitOptions,
): ValueId {
  const convolved = conv2d(builder, x, [range.tensors.get(weight) as ValueId], { stride, padding });
  return batchNorm(builder, convolved, batchNormOf(builder, range, [norm]), mode, { groups: 1, relu, residual });
}
