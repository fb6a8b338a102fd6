import type { Contrast } from '../../../graph/node.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';

/**
 * contrast: the similarities are worked out again wherever they are needed, so that no batch x batch matrix is stored. First, for every
 * row, the logarithm of the sum of the exponentials of its similarities and the number of its partners; then the gradient, and the loss.
 */
export function lowerContrast(node: Contrast, lowering: Lowering, index: number): Kernel[] {
  return [rowsKernel(node, lowering, index), gradientKernel(node, lowering, index), lossKernel(node, lowering, index)];
}

function open(node: Contrast, lowering: Lowering, index: number, label: string) {
  const [rows, width] = lowering.value(node.inputs.features).shape as [number, number];
  const builder = new KernelBuilder(lowering, label);
  const features = builder.read(node.inputs.features, 'features');
  const labels = builder.read(node.inputs.labels, 'labels');
  const parts = builder.workspace(index, 'parts', 1);
  builder.declare(
    [
      'fn similarity(a: i32, b: i32) -> f32 { var sum = 0.0;',
      `for (var c = 0; c < ${features.fours}; c++) { sum += dot(${features.load4('a', 'c')}, ${features.load4('b', 'c')}); }`,
      `return sum / f32(${node.attributes.temperature}); }`,
    ].join('\n'),
  );
  return { rows, width, builder, features, labels, parts };
}

function rowsKernel(node: Contrast, lowering: Lowering, index: number): Kernel {
  const { rows, builder, labels, parts } = open(node, lowering, index, 'contrast, rows');
  const body = [
    `var largest = -3.0e38; var partners = 0.0;`,
    `for (var other = 0; other < ${rows}; other++) { if (other == t) { continue; }`,
    `largest = max(largest, similarity(t, other)); if (${labels.at('other')} == ${labels.at('t')}) { partners += 1.0; } }`,
    'var total = 0.0;',
    `for (var other = 0; other < ${rows}; other++) { if (other == t) { continue; } total += exp(similarity(t, other) - largest); }`,
    `${parts.at('t * 2')} = largest + log(total); ${parts.at('t * 2 + 1')} = partners;`,
  ];
  return builder.finish(body.join('\n'), { threads: rows });
}

function gradientKernel(node: Contrast, lowering: Lowering, index: number): Kernel {
  const { rows, builder, features, labels, parts } = open(node, lowering, index, 'contrast, gradient');
  const dfeatures = builder.write(node.outputs.dfeatures, 'dfeatures');
  const { weight, temperature } = node.attributes;
  // Gradient to similarity (a, p): softmax of row a, times whether it has partners at all, less its share of each partner.
  const toSimilarity = (a: string, sum: string, partners: string) =>
    `(exp(s - ${sum}) * select(0.0, 1.0, ${partners} > 0.0) - select(0.0, 1.0 / max(1.0, ${partners}), ${labels.at('other')} == ${labels.at(a)}))`;
  const body = [
    `let c = t % ${dfeatures.fours}; let row = t / ${dfeatures.fours};`,
    `let ownSum = ${parts.at('row * 2')}; let ownPartners = ${parts.at('row * 2 + 1')};`,
    'var sum = vec4f();',
    `for (var other = 0; other < ${rows}; other++) { if (other == row) { continue; }`,
    'let s = similarity(row, other);',
    `let otherSum = ${parts.at('other * 2')}; let otherPartners = ${parts.at('other * 2 + 1')};`,
    `sum += (${toSimilarity('row', 'ownSum', 'ownPartners')} + ${toSimilarity('row', 'otherSum', 'otherPartners')}) * ${features.load4('other', 'c')};`,
    '}',
    dfeatures.store4('row', 'c', `sum * (${builder.scalar(weight)} / f32(${temperature * rows}))`),
  ];
  return builder.finish(body.join('\n'), { threads: rows * dfeatures.fours });
}

function lossKernel(node: Contrast, lowering: Lowering, index: number): Kernel {
  const { rows, builder, labels, parts } = open(node, lowering, index, 'contrast, loss');
  const metric = builder.write(node.outputs.metric, 'metric', 'f32');
  builder.declare('var<workgroup> losses: array<f32, 64>;');
  const body = [
    'var loss = 0.0;',
    `for (var row = local; row < ${rows}; row += 64) {`,
    `let total = ${parts.at('row * 2')}; let partners = ${parts.at('row * 2 + 1')}; var sum = 0.0;`,
    `for (var other = 0; other < ${rows}; other++) { if (other != row && ${labels.at('other')} == ${labels.at('row')}) { sum += similarity(row, other) - total; } }`,
    'loss -= sum / max(1.0, partners); }',
    'losses[local] = loss; workgroupBarrier();',
    'if (local > 0) { return; }',
    'for (var other = 1; other < 64; other++) { loss += losses[other]; }',
    `${metric.at(0)} = loss / ${rows}.0;`,
  ];
  return builder.finishGroups(body.join('\n'), { groups: 1, workgroupSize: 64 });
}
