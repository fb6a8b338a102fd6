import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AugmentNormalise } from '../../graph/node.ts';
import type { Executor } from '../executor.ts';
import { expectAgreement, outcome, randomBatch, testStream } from './agreement.ts';
import { caseOf } from './cases.ts';

type Attributes = AugmentNormalise['attributes'];

const grey = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] };
const imagenet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

/** Augmentations of method.md 7: images of `size` pixels a side. */
const recipes: readonly { readonly name: string; readonly size: number; readonly attributes: Attributes }[] = [
  {
    name: 'CIFAR-10, 32 pixels, reflected by 4',
    size: 32,
    attributes: {
      mean: [125.3 / 255, 123 / 255, 113.9 / 255],
      std: [63 / 255, 62.1 / 255, 66.7 / 255],
      padding: 'reflect',
      pad: 4,
    },
  },
  { name: 'SVHN, 32 pixels, zeros by 2', size: 32, attributes: { ...grey, padding: 'zero', pad: 2 } },
  { name: 'STL-10, 96 pixels, zeros by 4', size: 96, attributes: { ...grey, padding: 'zero', pad: 4 } },
  {
    name: "64 pixels, ImageNet's colours, reflected by 8",
    size: 64,
    attributes: { ...imagenet, padding: 'reflect', pad: 8 },
  },
  {
    name: "96 pixels, ImageNet's colours, no padding",
    size: 96,
    attributes: { ...imagenet, padding: 'reflect', pad: 0 },
  },
];

/**
 * What an augmentation is by its definition, step by step: the padded image is laid out, the crop cut from it, mirrored, and
 * each byte normalised in double precision. [B,H,W,3]
 */
function reference(
  images: Uint8Array,
  crops: Int32Array,
  size: number,
  { mean, std, padding, pad }: Attributes,
): Float64Array {
  const wide = size + 2 * pad;
  const mirrored = (at: number) => (at < 0 ? -at : at >= size ? 2 * size - 2 - at : at);
  const result: number[] = [];
  for (let image = 0; image * size * size * 3 < images.length; image++) {
    const padded: number[][] = [];
    for (let row = -pad; row < size + pad; row++) {
      for (let column = -pad; column < size + pad; column++) {
        const inside = row >= 0 && row < size && column >= 0 && column < size;
        const at = ((image * size + mirrored(row)) * size + mirrored(column)) * 3;
        padded.push(inside || padding === 'reflect' ? [...images.subarray(at, at + 3)] : [0, 0, 0]);
      }
    }
    const [top = 0, left = 0, flip = 0] = crops.subarray(image * 3, image * 3 + 3);
    for (let row = 0; row < size; row++) {
      const line = padded.slice((top + row) * wide + left, (top + row) * wide + left + size);
      for (const pixel of flip === 0 ? line : line.reverse()) {
        result.push(
          ...pixel.map((byte, channel) => (byte / 255 - (mean[channel] as number)) / (std[channel] as number)),
        );
      }
    }
  }
  return Float64Array.from(result);
}

/**
 * Declares the tests: every number is the float32 nearest to the reference.
 *
 * @param runs random shapes for each
 */
export function testAugmentation(open: () => Promise<Executor>, runs: number): void {
  for (const { name, size, attributes } of recipes) {
    test(`${name}: every pixel is the reference's`, async () => {
      const given = caseOf(7, ({ value, push }) => {
        const images = value('images', [6, size, size, 3], 'input');
        const crops = value('crops', [6, 3], 'input');
        const y = value('y', [6, size, size, 3], 'metric');
        push({ kind: 'augmentNormalise', inputs: { images, crops }, outputs: { y }, attributes });
      });
      const { pad } = attributes;
      const batch = randomBatch(given.graph, testStream(size), 3, 2 * pad);
      // All corners of the padded image are seen.
      batch.crops.set([0, 0, 0, 0, 2 * pad, 1, 2 * pad, 0, 1, 2 * pad, 2 * pad, 0]);
      const expected = reference(batch.images, batch.crops, size, attributes);
      const actual = (await outcome(await open(), { ...given, batch })).get('y') ?? [];
      expect(actual.length).toBe(expected.length);
      expect(Float32Array.from(actual)).toEqual(Float32Array.from(expected));
    });
  }

  test('crops, flips and both paddings agree with the interpreter', async () => {
    const cases = fc.record({
      count: fc.integer({ min: 1, max: 4 }),
      height: fc.integer({ min: 5, max: 8 }),
      width: fc.integer({ min: 5, max: 8 }),
      pad: fc.integer({ min: 0, max: 4 }),
      padding: fc.constantFrom('reflect' as const, 'zero' as const),
      seed: fc.nat(),
    });
    const property = fc.asyncProperty(cases, async ({ count, height, width, pad, padding, seed }) => {
      const given = caseOf(seed, ({ value, push }) => {
        const images = value('images', [count, height, width, 3], 'input');
        const crops = value('crops', [count, 3], 'input');
        const y = value('y', [count, height, width, 3], 'metric');
        const attributes = { mean: [0.5, 0.4, 0.3], std: [0.2, 0.3, 0.25], padding, pad };
        push({ kind: 'augmentNormalise', inputs: { images, crops }, outputs: { y }, attributes });
      });
      await expectAgreement(open(), { ...given, batch: randomBatch(given.graph, testStream(seed), 3, 2 * pad) }, 1e-7);
    });
    await fc.assert(property, { numRuns: runs, seed: 1 });
  });
}
