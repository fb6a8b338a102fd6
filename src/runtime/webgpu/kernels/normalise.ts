import type { GraphNode, Normalise } from '../../../graph/node.ts';
import { elements } from '../../../graph/value.ts';
import { isNormalisedNext } from '../../../graph/workspace.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';
import { combineFunction, publish } from './batch-statistics.ts';
import { spreadOver } from './normalisation.ts';

/** normalise, with its ReLU and residual. Right after its statistics it also puts those together and writes them. */
export function lowerNormalise(node: Normalise, lowering: Lowering, index: number): Kernel[] {
  const { groups, epsilon, relu } = node.attributes;
  const { shape } = lowering.value(node.inputs.x);
  const channels = shape.at(-1) as number;
  const spread = spreadOver(groups, elements(shape) / channels / groups, channels, lowering.tuning);
  const { pixels, fours, lanes, workgroupSize, stretches } = spread;
  const before: GraphNode | undefined = lowering.graph.nodes[index - 1];
  const fresh = before?.kind === 'batchStatistics' && isNormalisedNext(lowering.graph, index - 1) ? before : undefined;
  const builder = new KernelBuilder(lowering, fresh === undefined ? 'normalise' : 'statistics, sum, and normalise');
  const y = builder.write(node.outputs.y, 'y');
  const x = builder.read(node.inputs.x, 'x');
  const residual = node.inputs.residual === undefined ? undefined : builder.read(node.inputs.residual, 'residual');
  const gammas = builder.readEach(node.inputs.gammas, 'gamma');
  const betas = builder.readEach(node.inputs.betas, 'beta');
  const own = node.inputs.gammas.length > 1;
  let moments: string;
  let publishing = '';
  if (fresh === undefined) {
    const mean = builder.read(node.inputs.mean, 'mean');
    const variance = builder.read(node.inputs.variance, 'variance');
    builder.declare('struct Moments { mean: vec4f, variance: vec4f }');
    moments = `Moments(${mean.load4('run', 'c')}, ${variance.load4('run', 'c')})`;
  } else {
    const parts = builder.workspace(index - 1, 'parts', channels);
    builder.declare(combineFunction(spread, (row, four) => parts.load4(row, four)));
    moments = 'combine(run, c)';
    publishing = `if (stretch == 0 && lane == 0) { ${publish(fresh, builder, spread)} }`;
  }
  const gamma = gammas.tensor.load4(0, 'c', own ? `run * ${gammas.stride}` : 0);
  const beta = betas.tensor.load4(0, 'c', own ? `run * ${betas.stride}` : 0);
  const added = residual === undefined ? '' : ` + ${residual.load4('at', 'c')}`;
  const normalised = `(${x.load4('at', 'c')} - middle) * scale + shift${added}`;
  const coefficients = `let moments = ${moments}; let middle = moments.mean; let scale = ${gamma} / sqrt(moments.variance + ${epsilon}); let shift = ${beta};`;
  // On a GPU one lane puts the statistics together for its workgroup; on a processor a barrier costs more than doing it again.
  const together = fresh !== undefined && lanes > 1 && lowering.tuning.kind === 'gpu';
  if (together) {
    builder.declare(`var<workgroup> middles: array<vec4f, ${fours}>;`);
    builder.declare(`var<workgroup> scales: array<vec4f, ${fours}>;`);
  }
  const opening = together
    ? [
        `if (lane == 0) { ${coefficients} middles[c] = middle; scales[c] = scale; ${publishing} }`,
        'workgroupBarrier();',
        `let middle = middles[c]; let scale = scales[c]; let shift = ${beta};`,
      ]
    : [coefficients, publishing];
  const body = [
    `let run = group / ${stretches}; let stretch = group % ${stretches};`,
    `let c = local % ${fours}; let lane = local / ${fours};`,
    ...opening,
    `for (var pixel = stretch * ${lanes} + lane; pixel < ${pixels}; pixel += ${stretches * lanes}) {`,
    `let at = run * ${pixels} + pixel;`,
    `let value = ${normalised};`,
    y.store4('at', 'c', relu ? 'max(value, vec4f())' : 'value'),
    '}',
  ];
  return [builder.finishGroups(body.join('\n'), { groups: groups * stretches, workgroupSize })];
}
