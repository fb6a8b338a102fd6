import type { Linear, LinearInputGradient, LinearParameterGradient } from '../../../graph/node.ts';
import type { ValueId } from '../../../graph/value.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';
import type { Tensor } from '../tensor.ts';

const extents = (lowering: Lowering, id: ValueId) => lowering.value(id).shape as readonly [number, number];

/** dy, zeroed where the ReLU's output is not above 0. */
const masked = (dy: Tensor, mask: Tensor | undefined, row: string, four: string): string => {
  const loaded = dy.load4(row, four);
  return mask === undefined ? loaded : `select(vec4f(), ${loaded}, ${mask.load4(row, four)} > vec4f())`;
};

/** linear: one thread a row and four outputs. */
export function lowerLinear(node: Linear, lowering: Lowering): Kernel[] {
  const [rows, inputs] = extents(lowering, node.inputs.x);
  const builder = new KernelBuilder(lowering, 'linear');
  const y = builder.write(node.outputs.y, 'y');
  const x = builder.read(node.inputs.x, 'x', 'f32');
  const weight = builder.read(node.inputs.weight, 'weight');
  const bias = builder.read(node.inputs.bias, 'bias');
  const body = [
    `let o = t % ${y.fours}; let row = t / ${y.fours};`,
    'var sum = vec4f();',
    `for (var i = 0; i < ${inputs}; i++) { sum += ${x.at(`row * ${inputs} + i`)} * ${weight.load4('i', 'o')}; }`,
    `let value = sum + ${bias.load4(0, 'o')};`,
    y.store4('row', 'o', node.attributes.relu ? 'max(value, vec4f())' : 'value'),
  ];
  return [builder.finish(body.join('\n'), { threads: rows * y.fours })];
}

/** linearInputGradient: one thread a row and input. */
export function lowerLinearInputGradient(node: LinearInputGradient, lowering: Lowering): Kernel[] {
  const [rows, inputs] = extents(lowering, node.outputs.dx);
  const builder = new KernelBuilder(lowering, 'linear input gradient');
  const dx = builder.write(node.outputs.dx, 'dx', 'f32');
  const dy = builder.read(node.inputs.dy, 'dy');
  const weight = builder.read(node.inputs.weight, 'weight');
  const mask = node.inputs.mask === undefined ? undefined : builder.read(node.inputs.mask, 'mask');
  const body = [
    `let i = t % ${inputs}; let row = t / ${inputs};`,
    'var sum = 0.0;',
    `for (var o = 0; o < ${dy.fours}; o++) { sum += dot(${masked(dy, mask, 'row', 'o')}, ${weight.load4('i', 'o')}); }`,
    `${dx.at('t')} = sum;`,
  ];
  return [builder.finish(body.join('\n'), { threads: rows * inputs })];
}

/** linearParameterGradient: one thread an input and four outputs walks over the rows; one input more is the bias. */
export function lowerLinearParameterGradient(node: LinearParameterGradient, lowering: Lowering): Kernel[] {
  const [rows, inputs] = extents(lowering, node.inputs.x);
  const builder = new KernelBuilder(lowering, 'linear parameter gradient');
  const dweight = builder.write(node.outputs.dweight, 'dweight');
  const dbias = builder.write(node.outputs.dbias, 'dbias');
  const x = builder.read(node.inputs.x, 'x', 'f32');
  const dy = builder.read(node.inputs.dy, 'dy');
  const mask = node.inputs.mask === undefined ? undefined : builder.read(node.inputs.mask, 'mask');
  const store = (tensor: Tensor, row: string) =>
    tensor.store4(row, 'o', node.attributes.accumulate ? `sum + ${tensor.load4(row, 'o')}` : 'sum');
  const body = [
    `let o = t % ${dy.fours}; let i = t / ${dy.fours}; let ofBias = i == ${inputs}; let column = min(i, ${inputs - 1});`,
    'var sum = vec4f();',
    // Sums of sixteen rows at a time keep the digits of a long batch.
    `for (var first = 0; first < ${rows}; first += 16) {`,
    'var some = vec4f();',
    `for (var row = first; row < min(${rows}, first + 16); row++) { some += select(${x.at(`row * ${inputs} + column`)}, 1.0, ofBias) * ${masked(dy, mask, 'row', 'o')}; }`,
    'sum += some; }',
    `if (ofBias) { ${store(dbias, '0')} } else { ${store(dweight, 'i')} }`,
  ];
  return [builder.finish(body.join('\n'), { threads: (inputs + 1) * dy.fours })];
}
