import type { SoftmaxCrossEntropy } from '../../../graph/node.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';

/**
 * softmaxCrossEntropy in one workgroup: each thread takes every 64th row, and the first one adds up what they found, in order. Logits of
 * a classifier are few.
 */
export function lowerSoftmaxCrossEntropy(node: SoftmaxCrossEntropy, lowering: Lowering): Kernel[] {
  const [rows, classes] = lowering.value(node.inputs.logits).shape as [number, number];
  const builder = new KernelBuilder(lowering, 'softmax cross-entropy');
  const logits = builder.read(node.inputs.logits, 'logits', 'f32');
  const labels = builder.read(node.inputs.labels, 'labels');
  const metric = builder.write(node.outputs.metric, 'metric', 'f32');
  const { dlogits } = node.outputs;
  const gradient = dlogits === undefined ? undefined : builder.write(dlogits, 'dlogits', 'f32');
  const { weight } = node.attributes;
  const factor = weight === undefined ? '1.0' : builder.scalar(weight);
  builder.declare('var<workgroup> losses: array<f32, 64>; var<workgroup> hits: array<f32, 64>;');
  const logit = (c: string) => logits.at(`row * ${classes} + ${c}`);
  const body = [
    'var loss = 0.0; var hit = 0.0;',
    `for (var row = local; row < ${rows}; row += 64) {`,
    `let label = ${labels.at('row')}; let counts = label >= 0;`,
    `var largest = ${logit('0')}; var best = 0;`,
    `for (var c = 1; c < ${classes}; c++) { let z = ${logit('c')}; if (z > largest) { largest = z; best = c; } }`,
    'var total = 0.0;',
    `for (var c = 0; c < ${classes}; c++) { total += exp(${logit('c')} - largest); }`,
    `if (counts) { loss += log(total) - (${logit('label')} - largest); hit += select(0.0, 1.0, best == label); }`,
    ...(gradient === undefined
      ? []
      : [
          `let share = select(0.0, ${factor} / ${rows}.0, counts);`,
          `for (var c = 0; c < ${classes}; c++) {`,
          `${gradient.at(`row * ${classes} + c`)} = share * (exp(${logit('c')} - largest) / total - select(0.0, 1.0, c == label)); }`,
        ]),
    '}',
    'losses[local] = loss; hits[local] = hit; workgroupBarrier();',
    'if (local > 0) { return; }',
    'for (var other = 1; other < 64; other++) { loss += losses[other]; hit += hits[other]; }',
    `${metric.at(0)} = loss; ${metric.at(1)} = hit;`,
  ];
  return [builder.finishGroups(body.join('\n'), { groups: 1, workgroupSize: 64 })];
}
