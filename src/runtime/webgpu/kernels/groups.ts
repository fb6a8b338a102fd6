import type { SpreadGroups, SumGroups } from '../../../graph/node.ts';
import { elements } from '../../../graph/value.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';

/** sumGroups: one thread a number of the result adds the groups up in order. */
export function lowerSumGroups(node: SumGroups, lowering: Lowering): Kernel[] {
  const { groups, scale } = node.attributes;
  const size = elements(lowering.value(node.outputs.y).shape);
  const builder = new KernelBuilder(lowering, 'sum of groups');
  const y = builder.write(node.outputs.y, 'y', 'f32');
  const x = builder.read(node.inputs.x, 'x', 'f32');
  const { accumulate } = node.inputs;
  const before = accumulate === undefined ? '' : ` + ${builder.read(accumulate, 'before', 'f32').at('t')}`;
  const body = [
    'var sum = 0.0;',
    `for (var each = 0; each < ${groups}; each++) { sum += ${x.at(`each * ${size} + t`)}; }`,
    `${y.at('t')} = sum * f32(${scale})${before};`,
  ];
  return [builder.finish(body.join('\n'), { threads: size })];
}

/** spreadGroups: one thread a number of the result. */
export function lowerSpreadGroups(node: SpreadGroups, lowering: Lowering): Kernel[] {
  const { groups, scale } = node.attributes;
  const size = elements(lowering.value(node.inputs.dy).shape);
  const builder = new KernelBuilder(lowering, 'spread over groups');
  const dx = builder.write(node.outputs.dx, 'dx', 'f32');
  const dy = builder.read(node.inputs.dy, 'dy', 'f32');
  const body = `${dx.at('t')} = ${dy.at(`t % ${size}`)} * f32(${scale});`;
  return [builder.finish(body, { threads: groups * size })];
}
