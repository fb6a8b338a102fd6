import type { BatchNormGradient } from '../../../graph/node.ts';
import { elements } from '../../../graph/value.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';
import { type Spread, spreadOver } from './normalisation.ts';

/**
 * batchNormGradient in two kernels: the sums of dy and dy * (x - mean) over every split, then dx. Sums are compensated and the mean
 * of dy is kept in two numbers: its rounding is the same at every pixel, and would add up in the layers below.
 */
export function lowerBatchNormGradient(node: BatchNormGradient, lowering: Lowering, index: number): Kernel[] {
  return [sumsKernel(node, lowering, index), applyKernel(node, lowering, index)];
}

function spreadOf({ inputs, attributes }: BatchNormGradient, lowering: Lowering): Spread {
  const { shape } = lowering.value(inputs.x);
  const channels = shape.at(-1) as number;
  return spreadOver(attributes.groups, elements(shape) / channels / attributes.groups, channels, lowering.tuning);
}

/** What both kernels read, and WGSL for one pixel: `d`, the cotangent behind the ReLU, and `away`, x less its mean. */
function readInputs(node: BatchNormGradient, builder: KernelBuilder) {
  const { inputs, attributes } = node;
  const x = builder.read(inputs.x, 'x');
  const dy = builder.read(inputs.dy, 'dy');
  const mask = inputs.mask === undefined ? undefined : builder.read(inputs.mask, 'mask');
  const mean = builder.read(inputs.mean, 'mean');
  const variance = builder.read(inputs.variance, 'variance');
  const gammas = builder.readEach(inputs.gammas, 'gamma');
  const betas = attributes.relu ? builder.readEach(inputs.betas, 'beta') : undefined;
  const own = inputs.gammas.length > 1;
  const passes =
    mask !== undefined
      ? `${mask.load4('at', 'c')} > vec4f()`
      : attributes.relu
        ? 'away * inverse * gamma + beta > vec4f()'
        : undefined;
  builder.declare(
    [
      `fn spreadOf(run: i32, c: i32) -> vec4f { return ${variance.load4('run', 'c')} + ${attributes.epsilon}; }`,
      'fn inverseOf(run: i32, c: i32) -> vec4f { return 1.0 / sqrt(spreadOf(run, c)); }',
    ].join('\n'),
  );
  return {
    opening: [
      `let middle = ${mean.load4('run', 'c')}; let inverse = inverseOf(run, c);`,
      `let gamma = ${gammas.tensor.load4(0, 'c', own ? `run * ${gammas.stride}` : 0)};`,
      betas === undefined ? '' : `let beta = ${betas.tensor.load4(0, 'c', own ? `run * ${betas.stride}` : 0)};`,
    ],
    pixel: [
      `let away = ${x.load4('at', 'c')} - middle;`,
      passes === undefined
        ? `let d = ${dy.load4('at', 'c')};`
        : `let d = select(vec4f(), ${dy.load4('at', 'c')}, ${passes});`,
    ],
  };
}

function sumsKernel(node: BatchNormGradient, lowering: Lowering, index: number): Kernel {
  const { groups, pixels, channels, fours, splits, perSplit, lanes, workgroupSize } = spreadOf(node, lowering);
  const builder = new KernelBuilder(lowering, 'batch norm gradient, sums');
  const { opening, pixel } = readInputs(node, builder);
  const parts = builder.workspace(index, 'parts', channels);
  const row = `(split * ${groups} + run) * 2`;
  const shared = lanes > 1;
  if (shared) {
    builder.declare(`var<workgroup> firsts: array<vec4f, ${workgroupSize}>;`);
    builder.declare(`var<workgroup> seconds: array<vec4f, ${workgroupSize}>;`);
  }
  const body = [
    `let split = group / ${groups}; let run = group % ${groups};`,
    `let c = local % ${fours}; let lane = local / ${fours};`,
    ...opening,
    'var sum = vec4f(); var lost = vec4f(); var along = vec4f(); var lostAlong = vec4f();',
    `for (var pixel = split * ${perSplit} + lane; pixel < min(${pixels}, (split + 1) * ${perSplit}); pixel += ${lanes}) {`,
    `let at = run * ${pixels} + pixel;`,
    ...pixel,
    'let a = d - lost; let nextSum = sum + a; lost = (nextSum - sum) - a; sum = nextSum;',
    'let b = d * away - lostAlong; let nextAlong = along + b; lostAlong = (nextAlong - along) - b; along = nextAlong;',
    '}',
    ...(shared
      ? [
          'firsts[local] = sum - lost; seconds[local] = along - lostAlong; workgroupBarrier();',
          'if (lane > 0) { return; }',
          'sum = vec4f(); along = vec4f();',
          `for (var other = 0; other < ${lanes}; other++) { sum += firsts[other * ${fours} + c]; along += seconds[other * ${fours} + c]; }`,
        ]
      : []),
    parts.store4(row, 'c', 'sum'),
    parts.store4(`${row} + 1`, 'c', 'along'),
  ];
  return builder.finishGroups(body.join('\n'), { groups: splits * groups, workgroupSize });
}

function applyKernel(node: BatchNormGradient, lowering: Lowering, index: number): Kernel {
  const { groups, pixels, channels, fours, splits, lanes, workgroupSize, stretches } = spreadOf(node, lowering);
  const builder = new KernelBuilder(lowering, 'batch norm gradient');
  const dx = builder.write(node.outputs.dx, 'dx');
  const { opening, pixel } = readInputs(node, builder);
  const parts = builder.workspace(index, 'parts', channels);
  builder.declare(
    [
      'struct Sums { sum: vec4f, lost: vec4f, along: vec4f }',
      'fn combine(run: i32, c: i32) -> Sums {',
      'var sum = vec4f(); var lost = vec4f(); var along = vec4f();',
      `for (var split = 0; split < ${splits}; split++) {`,
      `let row = (split * ${groups} + run) * 2;`,
      `let a = ${parts.load4('row', 'c')} - lost; let next = sum + a; lost = (next - sum) - a; sum = next;`,
      `along += ${parts.load4('row + 1', 'c')};`,
      '} return Sums(sum, -lost, along); }',
    ].join('\n'),
  );
  const coefficients = [
    'let sums = combine(run, c);',
    `let mean = sums.sum / ${pixels}.0;`,
    // What the division rounded away, and what the sum had lost.
    `let rest = ((sums.sum - mean * ${pixels}.0) + sums.lost) / ${pixels}.0;`,
    // Not by the rounded inverse twice: with few pixels dx is a small rest of large terms.
    `let slope = sums.along / (spreadOf(run, c) * ${pixels}.0);`,
  ].join(' ');
  const publishing = parameterGradients(node, builder, groups);
  const together = lanes > 1 && lowering.tuning.kind === 'gpu';
  if (together)
    for (const name of ['means', 'rests', 'slopes']) builder.declare(`var<workgroup> ${name}: array<vec4f, ${fours}>;`);
  const body = [
    `let run = group / ${stretches}; let stretch = group % ${stretches};`,
    `let c = local % ${fours}; let lane = local / ${fours};`,
    ...opening,
    ...(together
      ? [
          `if (lane == 0) { ${coefficients} means[c] = mean; rests[c] = rest; slopes[c] = slope; if (stretch == 0) { ${publishing} } }`,
          'workgroupBarrier();',
          'let mean = means[c]; let rest = rests[c]; let slope = slopes[c];',
        ]
      : [coefficients, `if (stretch == 0 && lane == 0) { ${publishing} }`]),
    `for (var pixel = stretch * ${lanes} + lane; pixel < ${pixels}; pixel += ${stretches * lanes}) {`,
    `let at = run * ${pixels} + pixel;`,
    ...pixel,
    dx.store4('at', 'c', 'gamma * inverse * (((d - mean) - rest) - away * slope)'),
    '}',
  ];
  return builder.finishGroups(body.join('\n'), { groups: groups * stretches, workgroupSize });
}

/** Statements, for one thread a channel four of each group, that write the gradients of gamma and beta. */
function parameterGradients(
  { outputs, attributes }: BatchNormGradient,
  builder: KernelBuilder,
  groups: number,
): string {
  if (outputs.dgammas.length === 0) return '';
  const dgammas = builder.writeEach(outputs.dgammas, 'dgamma');
  const dbetas = builder.writeEach(outputs.dbetas, 'dbeta');
  const own = outputs.dgammas.length > 1;
  const store = ({ tensor, stride }: typeof dgammas, value: string) => {
    const shift = own ? `run * ${stride}` : 0;
    return tensor.store4(0, 'c', attributes.accumulate ? `${tensor.load4(0, 'c', shift)} + ${value}` : value, shift);
  };
  if (own || groups === 1)
    return `${store(dgammas, 'sums.along * inverse')} ${store(dbetas, '(sums.sum + sums.lost)')}`;
  return [
    'if (run == 0) { var allSum = vec4f(); var allAlong = vec4f();',
    `for (var other = 0; other < ${groups}; other++) { let more = combine(other, c); allSum += more.sum + more.lost; allAlong += more.along * inverseOf(other, c); }`,
    `${store(dgammas, 'allAlong')} ${store(dbetas, 'allSum')} }`,
  ].join(' ');
}
