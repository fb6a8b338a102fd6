import { partsOfRanges, type StepGraph } from '../../../graph/graph.ts';
import { idsOf, type SgdUpdate } from '../../../graph/node.ts';
import { alignedBytes, elements, type ValueId, valueBytes } from '../../../graph/value.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';

/** sgdUpdate over a whole range, four numbers a thread. Tensors that no node gave a gradient have gradient 0. */
export function lowerSgdUpdate(node: SgdUpdate, lowering: Lowering): Kernel[] {
  const { learningRate, momentum, weightDecay, nesterov } = node.attributes;
  const size = elements(lowering.value(node.inputs.parameters).shape);
  const builder = new KernelBuilder(lowering, 'SGD');
  const parameters = builder.write(node.inputs.parameters, 'parameters');
  const velocities = builder.write(node.inputs.velocities, 'velocities');
  const gradients = node.inputs.gradients === undefined ? undefined : builder.read(node.inputs.gradients, 'gradients');
  const given = node.inputs.gradients === undefined ? 'false' : writtenPlaces(lowering.graph, node.inputs.gradients);
  const decay = weightDecay === undefined ? '' : ` + ${builder.scalar(weightDecay)} * p`;
  const body = [
    `let p = ${parameters.at('t')};`,
    `let g = ${gradients === undefined ? 'vec4f()' : `select(vec4f(), ${gradients.at('t')}, ${given})`}${decay};`,
    `let v = ${builder.scalar(momentum)} * ${velocities.at('t')} + g; ${velocities.at('t')} = v;`,
    `${parameters.at('t')} = p - ${builder.scalar(learningRate)} * ${nesterov ? `(g + ${builder.scalar(momentum)} * v)` : 'v'};`,
  ];
  return [builder.finish(body.join('\n'), { threads: size / 4 })];
}

/** Whether place `t` of a gradient range (in fours) was written in this step, as WGSL. */
function writtenPlaces(graph: StepGraph, range: ValueId): string {
  const written = new Set(graph.nodes.flatMap((node) => idsOf(node.outputs)));
  const parts = partsOfRanges(graph).get(range) ?? [];
  if (parts.every(({ id }) => written.has(id))) return 'true';
  const places = parts
    .filter(({ id }) => written.has(id))
    .map((value) => {
      const first = (value.part?.offset ?? 0) / 16;
      return `(t >= ${first} && t < ${first + alignedBytes(valueBytes(value)) / 16})`;
    });
  return places.length === 0 ? 'false' : places.join(' || ');
}
