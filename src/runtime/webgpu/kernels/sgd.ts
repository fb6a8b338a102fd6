import { partsOfRanges, type StepGraph } from '../../../graph/graph.ts';
import { idsOf, type SgdUpdate } from '../../../graph/node.ts';
import { elements, type ValueId } from '../../../graph/value.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';

/**
 * sgdUpdate over a whole range, four numbers a thread. Tensors that no node gave a gradient have gradient 0. The exponent is looked at by
 * its bits: WGSL may take for granted that no number is NaN or infinite.
 */
export function lowerSgdUpdate(node: SgdUpdate, lowering: Lowering): Kernel[] {
  const { learningRate, momentum, weightDecay, nesterov } = node.attributes;
  const size = elements(lowering.value(node.inputs.parameters).shape);
  const builder = new KernelBuilder(lowering, 'SGD');
  const parameters = builder.write(node.inputs.parameters, 'parameters');
  const velocities = builder.write(node.inputs.velocities, 'velocities');
  const gradients = node.inputs.gradients === undefined ? undefined : builder.read(node.inputs.gradients, 'gradients');
  const given = node.inputs.gradients === undefined ? '' : writtenPlaces(lowering.graph, node.inputs.gradients);
  const decay = weightDecay === undefined ? '' : ` + ${builder.scalar(weightDecay)} * p`;
  const guarding = node.inputs.guard === undefined ? '' : guardStatements(builder, node.inputs.guard, node.module);
  const body = [
    `let p = ${parameters.at('t')}; let at = 4 * t + vec4i(0, 1, 2, 3);`,
    `let g = ${gradients === undefined ? 'vec4f()' : `select(vec4f(), ${gradients.at('t')}, ${given})`}${decay};`,
    `let v = ${builder.scalar(momentum)} * ${velocities.at('t')} + g;`,
    `let next = p - ${builder.scalar(learningRate)} * ${nesterov ? `(g + ${builder.scalar(momentum)} * v)` : 'v'};`,
    guarding,
    `${velocities.at('t')} = v; ${parameters.at('t')} = next;`,
  ];
  return [builder.finish(body.join('\n'), { threads: size / 4 })];
}

/** Ends a thread that must not write: the guard is set, or one of its numbers would not be finite, which sets it. */
function guardStatements(builder: KernelBuilder, id: ValueId, module: number): string {
  const guard = `&${builder.write(id, 'guard', 'atomic<u32>').at(0)}`;
  builder.declare(
    'fn isFinite(x: vec4f) -> bool { return all((bitcast<vec4u>(x) & vec4u(0x7f800000u)) != vec4u(0x7f800000u)); }',
  );
  return [
    `if (atomicLoad(${guard}) != 0u) { return; }`,
    `if (!isFinite(v) || !isFinite(next)) { atomicStore(${guard}, bitcast<u32>(${module + 1}.0f)); return; }`,
  ].join('\n');
}

/**
 * Which of the four numbers at place `t` of a gradient range are of a tensor written in this step, as WGSL: between tensors lies what
 * the arena held before.
 */
function writtenPlaces(graph: StepGraph, range: ValueId): string {
  const written = new Set(graph.nodes.flatMap((node) => idsOf(node.outputs)));
  const parts = (partsOfRanges(graph).get(range) ?? []).filter(({ id }) => written.has(id));
  const stretches: { first: number; end: number }[] = [];
  for (const value of parts) {
    const first = (value.part?.offset ?? 0) / 4;
    const end = first + elements(value.shape);
    const before = stretches.at(-1);
    if (before?.end === first) before.end = end;
    else stretches.push({ first, end });
  }
  if (stretches.length === 0) return 'vec4<bool>()';
  const places = stretches.map(({ first, end }) => `((at >= vec4i(${first})) & (at < vec4i(${end})))`);
  return places.join(' | ');
}
