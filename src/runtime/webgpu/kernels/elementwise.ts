import type { Add, Copy } from '../../../graph/node.ts';
import { elements, type ValueId } from '../../../graph/value.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';

/** add: four numbers a thread, each side zeroed where its mask is not above 0. */
export function lowerAdd(node: Add, lowering: Lowering): Kernel[] {
  const { a, b, maskA, maskB } = node.inputs;
  const { shape } = lowering.value(a);
  const builder = new KernelBuilder(lowering, 'add');
  const y = builder.write(node.outputs.y, 'y');
  const side = (id: ValueId, mask: ValueId | undefined, name: string) => {
    const loaded = builder.read(id, name).load4('pixel', 'c');
    if (mask === undefined) return loaded;
    return `select(vec4f(), ${loaded}, ${builder.read(mask, `${name}Mask`).load4('pixel', 'c')} > vec4f())`;
  };
  const body = [
    `let c = t % ${y.fours}; let pixel = t / ${y.fours};`,
    y.store4('pixel', 'c', `${side(a, maskA, 'a')} + ${side(b, maskB, 'b')}`),
  ];
  return [builder.finish(body.join('\n'), { threads: (elements(shape) / y.channels) * y.fours })];
}

/** copy: four numbers a thread. */
export function lowerCopy({ inputs, outputs }: Copy, lowering: Lowering): Kernel[] {
  const builder = new KernelBuilder(lowering, 'copy');
  const y = builder.write(outputs.y, 'y');
  const x = builder.read(inputs.x, 'x');
  const rows = elements(lowering.value(inputs.x).shape) / y.channels;
  const body = `let c = t % ${y.fours}; let row = t / ${y.fours}; ${y.store4('row', 'c', x.load4('row', 'c'))}`;
  return [builder.finish(body, { threads: rows * y.fours })];
}
