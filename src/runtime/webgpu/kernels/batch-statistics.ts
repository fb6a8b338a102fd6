import type { BatchStatistics } from '../../../graph/node.ts';
import { elements } from '../../../graph/value.ts';
import { isNormalisedNext } from '../../../graph/workspace.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';
import { type Spread, splitCount, spreadOver } from './normalisation.ts';

/** The spread of a batchStatistics node over its image. */
export function statisticsSpread({ inputs, attributes }: BatchStatistics, lowering: Lowering): Spread {
  const { shape } = lowering.value(inputs.x);
  const channels = shape.at(-1) as number;
  return spreadOver(attributes.groups, elements(shape) / channels / attributes.groups, channels, lowering.tuning);
}

/**
 * batchStatistics: mean and sum of squared distances of every split, each taken from its own first pixel, so that a mean far from zero
 * costs no digits. They are put together by the normalisation that follows, or, where none does, by a kernel of their own.
 */
export function lowerBatchStatistics(node: BatchStatistics, lowering: Lowering, index: number): Kernel[] {
  const partial = partialKernel(node, lowering, index);
  return isNormalisedNext(lowering.graph, index) ? [partial] : [partial, finishKernel(node, lowering, index)];
}

function partialKernel(node: BatchStatistics, lowering: Lowering, index: number): Kernel {
  const spread = statisticsSpread(node, lowering);
  const { groups, pixels, channels, fours, splits, perSplit, lanes, workgroupSize } = spread;
  const builder = new KernelBuilder(lowering, 'batch statistics');
  const x = builder.read(node.inputs.x, 'x');
  const parts = builder.workspace(index, 'parts', channels);
  const row = `(split * ${groups} + run) * 2`;
  const store = (mean: string, squares: string) =>
    `${parts.store4(row, 'c', mean)} ${parts.store4(`${row} + 1`, 'c', squares)}`;
  const shared = lanes > 1;
  if (shared) {
    builder.declare(`var<workgroup> means: array<vec4f, ${workgroupSize}>;`);
    builder.declare(`var<workgroup> squares: array<vec4f, ${workgroupSize}>;`);
  }
  const body = [
    `let split = group / ${groups}; let run = group % ${groups};`,
    `let c = local % ${fours}; let lane = local / ${fours};`,
    `let first = split * ${perSplit}; let last = min(${pixels}, first + ${perSplit});`,
    `let origin = ${x.load4(`run * ${pixels} + min(first + lane, ${pixels - 1})`, 'c')};`,
    'var sum = vec4f(); var square = vec4f(); var count = 0;',
    `for (var pixel = first + lane; pixel < last; pixel += ${lanes}) {`,
    `let d = ${x.load4(`run * ${pixels} + pixel`, 'c')} - origin; sum += d; square += d * d; count++;`,
    '}',
    'let n = max(1.0, f32(count)); let shift = sum / n;',
    'var mean = origin + shift; var scatter = square - sum * shift;',
    ...(shared
      ? [
          'means[local] = mean; squares[local] = scatter; workgroupBarrier();',
          'if (lane > 0) { return; }',
          'var total = f32(count);',
          `for (var other = 1; other < ${lanes}; other++) {`,
          // The same stride-by-lane count as above, for the other lane.
          `let more = f32(max(0, (last - first - other + ${lanes - 1}) / ${lanes}));`,
          `if (more == 0.0) { break; }`,
          `let away = means[other * ${fours} + c] - mean; let all = total + more;`,
          `mean += away * (more / all); scatter += squares[other * ${fours} + c] + away * away * (total * more / all); total = all;`,
          '}',
        ]
      : []),
    store('mean', 'scatter'),
  ];
  return builder.finishGroups(body.join('\n'), { groups: splits * groups, workgroupSize });
}

/**
 * WGSL of a function that puts the splits of one group together (Chan, Golub and LeVeque 1979, pairwise updates): mean, biased variance.
 */
export function combineFunction(spread: Spread, load: (row: string, four: string) => string): string {
  return [
    'struct Moments { mean: vec4f, variance: vec4f }',
    'fn combine(run: i32, c: i32) -> Moments {',
    'var mean = vec4f(); var scatter = vec4f(); var total = 0.0;',
    `for (var split = 0; split < ${spread.splits}; split++) {`,
    `let more = ${splitCount(spread, 'split')}; if (more == 0.0) { break; }`,
    `let row = (split * ${spread.groups} + run) * 2;`,
    `let away = ${load('row', 'c')} - mean; let all = total + more;`,
    `mean += away * (more / all); scatter += ${load('row + 1', 'c')} + away * away * (total * more / all); total = all;`,
    '}',
    `return Moments(mean, scatter / ${spread.pixels}.0); }`,
  ].join('\n');
}

/** Statements, for one thread a channel four of one group, that write the statistics and move the running ones. */
export function publish(node: BatchStatistics, builder: KernelBuilder, spread: Spread): string {
  const { inputs, outputs, attributes } = node;
  const mean = builder.write(outputs.mean, 'meanOut');
  const variance = builder.write(outputs.variance, 'varianceOut');
  const runningMeans = builder.writeEach(inputs.runningMeans, 'runningMean');
  const runningVariances = builder.writeEach(inputs.runningVariances, 'runningVariance');
  const { momentum } = attributes;
  const guard = inputs.guard === undefined ? undefined : builder.read(inputs.guard, 'guard');
  const guarded = (moves: string) => (guard === undefined ? moves : `if (${guard.at(0)} == 0.0) { ${moves} }`);
  // The unbiased variance of one pixel does not exist; PyTorch refuses it, and the division by 0 shows here too.
  const unbiased = `${spread.pixels}.0 / ${spread.pixels - 1}.0`;
  const move = (run: string, moments: string) => {
    const update = ({ tensor, stride }: typeof runningMeans, next: string) => {
      const shift = inputs.runningMeans.length > 1 ? `${run} * ${stride}` : 0;
      return tensor.store4(0, 'c', `${tensor.load4(0, 'c', shift)} * ${1 - momentum} + ${next} * ${momentum}`, shift);
    };
    return guarded(
      `${update(runningMeans, `${moments}.mean`)} ${update(runningVariances, `(${moments}.variance * (${unbiased}))`)}`,
    );
  };
  const write = `${mean.store4('run', 'c', 'moments.mean')} ${variance.store4('run', 'c', 'moments.variance')}`;
  if (inputs.runningMeans.length > 1 || spread.groups === 1) return `${write} ${move('run', 'moments')}`;
  // One pair for all groups moves group after group.
  const each = `for (var other = 0; other < ${spread.groups}; other++) { let moved = combine(other, c); ${move('other', 'moved')} }`;
  return `${write} if (run == 0) { ${each} }`;
}

function finishKernel(node: BatchStatistics, lowering: Lowering, index: number): Kernel {
  const spread = statisticsSpread(node, lowering);
  const builder = new KernelBuilder(lowering, 'batch statistics, sum');
  const parts = builder.workspace(index, 'parts', spread.channels);
  builder.declare(combineFunction(spread, (row, four) => parts.load4(row, four)));
  const body = `let c = t % ${spread.fours}; let run = t / ${spread.fours}; let moments = combine(run, c); ${publish(node, builder, spread)}`;
  return builder.finish(body, { threads: spread.groups * spread.fours });
}
