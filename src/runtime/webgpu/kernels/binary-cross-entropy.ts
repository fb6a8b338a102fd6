import type { BinaryCrossEntropy } from '../../../graph/node.ts';
import { elements } from '../../../graph/value.ts';
import { totalSplits } from '../../../graph/workspace.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';

/** binaryCrossEntropy: every thread a share of the pixels, with their gradient and the sum of their losses; then the sum of the shares. */
export function lowerBinaryCrossEntropy(node: BinaryCrossEntropy, lowering: Lowering, index: number): Kernel[] {
  const { weight, scale, grid, first, mean, std } = node.attributes;
  const [rows, tall, wide, channels] = lowering.value(node.inputs.logits).shape as [number, number, number, number];
  const [batch, height, width] = lowering.value(node.inputs.image).shape as [number, number, number, number];
  const count = elements([rows, tall, wide, channels]);
  const splits = totalSplits(count);
  const perSplit = Math.ceil(count / splits);
  const builder = new KernelBuilder(lowering, 'binary cross-entropy');
  const logits = builder.read(node.inputs.logits, 'logits', 'f32');
  const dlogits = builder.write(node.outputs.dlogits, 'dlogits', 'f32');
  const image = builder.read(node.inputs.image, 'image', 'f32');
  const parts = builder.workspace(index, 'parts', 1);
  const list = (numbers: readonly number[]) => numbers.map((number) => `f32(${number})`).join(', ');
  builder.declare(
    `const means = array<f32, ${channels}>(${list(mean)}); const deviations = array<f32, ${channels}>(${list(std)});`,
  );
  const perGroup = batch * tall * wide * channels;
  const body = [
    'var sum = 0.0; var lost = 0.0;',
    `for (var at = t * ${perSplit}; at < min(${count}, (t + 1) * ${perSplit}); at++) {`,
    `let c = at % ${channels}; let pixel = at / ${channels}; let column = pixel % ${wide}; let row = pixel / ${wide} % ${tall};`,
    `let n = pixel / ${wide * tall}; let patchIndex = n / ${batch} + ${first};`,
    `let x = patchIndex % ${grid} * ${Math.floor(width / grid)} + column; let y = patchIndex / ${grid} * ${Math.floor(height / grid)} + row;`,
    `let target_ = ${image.at(`(((n % ${batch}) * ${height} + y) * ${width} + x) * ${channels} + c`)} * deviations[c] + means[c];`,
    `let z = ${logits.at('at')}; let small = exp(-abs(z));`,
    // log1p by its series where 1 + small would lose the digits.
    'let grown = select(log(1.0 + small), small - 0.5 * small * small, small < 1e-4);',
    'let loss = max(z, 0.0) - z * target_ + grown;',
    'let a = loss - lost; let next = sum + a; lost = (next - sum) - a; sum = next;',
    'let sigmoid = select(small / (1.0 + small), 1.0 / (1.0 + small), z >= 0.0);',
    `${dlogits.at('at')} = ${builder.scalar(weight)} * f32(${scale}) * (sigmoid - target_) / ${perGroup}.0;`,
    '}',
    `${parts.at('t')} = sum;`,
  ];
  const partial = builder.finish(body.join('\n'), { threads: splits });
  const finish = new KernelBuilder(lowering, 'binary cross-entropy, sum');
  const metric = finish.write(node.outputs.metric, 'metric', 'f32');
  const shares = finish.workspace(index, 'parts', 1);
  const total = [
    'var sum = 0.0; var lost = 0.0;',
    `for (var part = 0; part < ${splits}; part++) { let a = ${shares.at('part')} - lost; let next = sum + a; lost = (next - sum) - a; sum = next; }`,
    `${metric.at(0)} = sum * f32(${scale / perGroup});`,
  ];
  return [partial, finish.finish(total.join('\n'), { threads: 1, workgroupSize: 1 })];
}
