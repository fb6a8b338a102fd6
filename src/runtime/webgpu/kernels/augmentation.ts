import type { AugmentNormalise } from '../../../graph/node.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';

/** augmentNormalise: one thread a pixel picks its source pixel from the batch's bytes by crop and flip, and normalises it. */
export function lowerAugmentNormalise(node: AugmentNormalise, lowering: Lowering): Kernel[] {
  const { mean, std, padding, pad } = node.attributes;
  const [batch, height, width, channels] = lowering.value(node.outputs.y).shape as [number, number, number, number];
  const builder = new KernelBuilder(lowering, 'augment and normalise');
  const images = builder.read(node.inputs.images, 'images');
  const crops = builder.read(node.inputs.crops, 'crops');
  const y = builder.write(node.outputs.y, 'y', 'f32');
  const list = (numbers: readonly number[]) => numbers.map((number) => `f32(${number})`).join(', ');
  builder.declare(
    `const means = array<f32, ${channels}>(${list(mean)}); const deviations = array<f32, ${channels}>(${list(std)});`,
  );
  // Where padding is zero, what lies outside is a black pixel before normalisation.
  const reflect = (position: string, length: number) =>
    padding === 'reflect'
      ? `select(select(${position}, ${2 * (length - 1)} - ${position}, ${position} >= ${length}), -${position}, ${position} < 0)`
      : position;
  const body = [
    `let column = t % ${width}; let row = t / ${width} % ${height}; let image = t / ${width * height};`,
    `let turned = select(column, ${width - 1} - column, ${crops.at('image * 3 + 2')} != 0);`,
    `let x = turned + ${crops.at('image * 3 + 1')} - ${pad}; let z = row + ${crops.at('image * 3')} - ${pad};`,
    `let outside = x < 0 || x >= ${width} || z < 0 || z >= ${height};`,
    `let sx = ${reflect('x', width)}; let sz = ${reflect('z', height)};`,
    `for (var c = 0; c < ${channels}; c++) {`,
    `let at = ((image * ${height} + sz) * ${width} + sx) * ${channels} + c;`,
    `let byte = f32((${images.at('(at >> 2u)')} >> (u32(at & 3) * 8u)) & 255u);`,
    padding === 'reflect' ? 'let value = byte;' : 'let value = select(byte, 0.0, outside);',
    `${y.at(`t * ${channels} + c`)} = (value / 255.0 - means[c]) / deviations[c];`,
    '}',
  ];
  return [builder.finish(body.join('\n'), { threads: batch * height * width })];
}
