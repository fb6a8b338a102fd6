import type { AugmentNormalise } from '../../../graph/node.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';

/**
 * augmentNormalise: one thread a row picks source pixels from the batch's bytes by crop and flip, and looks up what each byte is once
 * normalised: WGSL's division may round otherwise than everybody else's.
 */
export function lowerAugmentNormalise(node: AugmentNormalise, lowering: Lowering): Kernel[] {
  const { mean, std, padding, pad } = node.attributes;
  const [batch, height, width, channels] = lowering.value(node.outputs.y).shape as [number, number, number, number];
  const builder = new KernelBuilder(lowering, 'augment and normalise');
  const images = builder.read(node.inputs.images, 'images');
  const crops = builder.read(node.inputs.crops, 'crops');
  const y = builder.write(node.outputs.y, 'y', 'f32');
  const normalised = mean.flatMap((middle, channel) =>
    Array.from({ length: 256 }, (_, byte) => Math.fround((byte / 255 - middle) / (std[channel] as number))),
  );
  builder.declare(
    `const normalised = array<f32, ${normalised.length}>(${normalised.map((number) => `f32(${number})`).join(', ')});`,
  );
  // Where padding is zero, what lies outside is a black pixel before normalisation.
  const reflect = (position: string, length: number) =>
    padding === 'reflect'
      ? `select(select(${position}, ${2 * (length - 1)} - ${position}, ${position} >= ${length}), -${position}, ${position} < 0)`
      : position;
  const body = [
    `let row = t % ${height}; let image = t / ${height};`,
    `let down = ${crops.at('image * 3')}; let across = ${crops.at('image * 3 + 1')}; let flipped = ${crops.at('image * 3 + 2')} != 0;`,
    `let z = row + down - ${pad}; let sz = ${reflect('z', height)};`,
    `for (var column = 0; column < ${width}; column++) {`,
    `let x = select(column, ${width - 1} - column, flipped) + across - ${pad};`,
    `let outside = x < 0 || x >= ${width} || z < 0 || z >= ${height};`,
    `let sx = ${reflect('x', width)};`,
    `for (var c = 0; c < ${channels}; c++) {`,
    `let at = ((image * ${height} + sz) * ${width} + sx) * ${channels} + c;`,
    `let byte = i32((${images.at('(at >> 2u)')} >> (u32(at & 3) * 8u)) & 255u);`,
    padding === 'reflect' ? 'let value = byte;' : 'let value = select(byte, 0, outside);',
    `${y.at(`(t * ${width} + column) * ${channels} + c`)} = normalised[c * 256 + value];`,
    '}}',
  ];
  return [builder.finish(body.join('\n'), { threads: batch * height })];
}
