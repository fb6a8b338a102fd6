import type { GlobalAveragePool, GlobalAveragePoolGradient, Sample } from '../../../graph/node.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';

type Extents = readonly [number, number, number, number];

/** Patches of a map: the whole map is one. */
function patchesOf([, height, width]: Extents, sample: Sample | undefined) {
  const grid = sample?.grid ?? 1;
  return {
    grid,
    first: sample?.first ?? 0,
    count: sample?.count ?? 1,
    tall: Math.floor(height / grid),
    wide: Math.floor(width / grid),
  };
}

/** globalAveragePool: one thread a patch, image and four channels. */
export function lowerGlobalAveragePool(node: GlobalAveragePool, lowering: Lowering): Kernel[] {
  const shape = lowering.value(node.inputs.x).shape as Extents;
  const [batch, height, width] = shape;
  const { grid, first, count, tall, wide } = patchesOf(shape, node.attributes.sample);
  const builder = new KernelBuilder(lowering, 'average pool');
  const x = builder.read(node.inputs.x, 'x');
  const y = builder.write(node.outputs.y, 'y');
  const body = [
    `let c = t % ${x.fours}; let n = t / ${x.fours}; let patchIndex = n / ${batch} + ${first};`,
    `let start = ((n % ${batch}) * ${height} + patchIndex / ${grid} * ${tall}) * ${width} + patchIndex % ${grid} * ${wide};`,
    'var sum = vec4f();',
    `for (var row = 0; row < ${tall}; row++) {`,
    'var line = vec4f();',
    `for (var column = 0; column < ${wide}; column++) { line += ${x.load4(`start + row * ${width} + column`, 'c')}; }`,
    'sum += line; }',
    y.store4('n', 'c', `sum / ${tall * wide}.0`),
  ];
  return [builder.finish(body.join('\n'), { threads: batch * count * x.fours })];
}

/** globalAveragePoolGradient: one thread a pixel of the map and four channels; pixels outside the patches get what has arrived only. */
export function lowerGlobalAveragePoolGradient(node: GlobalAveragePoolGradient, lowering: Lowering): Kernel[] {
  const shape = lowering.value(node.outputs.dx).shape as Extents;
  const [batch, height, width] = shape;
  const { grid, first, count, tall, wide } = patchesOf(shape, node.attributes.sample);
  const builder = new KernelBuilder(lowering, 'average pool gradient');
  const dx = builder.write(node.outputs.dx, 'dx');
  const dy = builder.read(node.inputs.dy, 'dy');
  const before = node.inputs.accumulate === undefined ? undefined : builder.read(node.inputs.accumulate, 'before');
  const arrived = before === undefined ? '' : ` + ${before.load4('pixel', 'c')}`;
  const body = [
    `let c = t % ${dx.fours}; let pixel = t / ${dx.fours};`,
    `let column = pixel % ${width}; let row = pixel / ${width} % ${height}; let image = pixel / ${width * height};`,
    `let patchIndex = row / ${tall} * ${grid} + column / ${wide} - ${first};`,
    `let inside = row < ${tall * grid} && column < ${wide * grid} && patchIndex >= 0 && patchIndex < ${count};`,
    `let place = select(0, patchIndex * ${batch} + image, inside);`,
    `let share = select(vec4f(), ${dy.load4('place', 'c')} / ${tall * wide}.0, inside);`,
    dx.store4('pixel', 'c', `share${arrived}`),
  ];
  return [builder.finish(body.join('\n'), { threads: batch * height * width * dx.fours })];
}
