import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../base/result.ts';
import { fakePart, fakeTar } from './cifar.fakes.ts';
import type { Dataset } from './dataset.ts';
import type { NamedFile } from './named-file.ts';
import { nodeDecoder } from './node-decoder.ts';
import { readSet } from './read-set.ts';

/** A file that comes in pieces of 700 bytes, so that borders fall within headers and records. */
const inPieces = (name: string, bytes: Uint8Array): NamedFile => {
  const stream = () => {
    let at = 0;
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at < bytes.length) controller.enqueue(bytes.slice(at, at + 700));
        else controller.close();
        at += 700;
      },
    });
  };
  return { name, size: bytes.length, stream };
};

/** Loads, and checks that the answer is sound: a usable data set, or a message that ends as a sentence. No hang. */
async function load(name: string, bytes: Uint8Array): Promise<Result<Dataset>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hang = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('hangs')), 5_000);
  });
  const result = await Promise.race([readSet([inPieces(name, bytes)], { decoder: nodeDecoder }), hang]);
  clearTimeout(timer);
  if (result.ok) {
    for (const set of [result.value.train, result.value.test]) {
      expect(set.count).toBeGreaterThan(0);
      expect([set.images.count, set.images.stride]).toEqual([set.count, 3072]);
      expect(Math.max(...set.labels)).toBeLessThan(10);
    }
  } else {
    expect(result.error.message).toContain(name);
    expect(result.error.message).toMatch(/\.$/);
  }
  return result;
}

const bin = fakePart(5);
let tar: Uint8Array;
let archive: Uint8Array;
beforeAll(async () => {
  tar = await fakeTar([
    { name: 'readme.html', body: fakePart(1).slice(0, 9) },
    { name: 'data_batch_1.bin', body: fakePart(2) },
    { name: 'test_batch.bin', body: fakePart(2, 5) },
  ]);
  archive = gzipSync(tar);
});

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const flips = fc.array(fc.tuple(fraction, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 });

function flipped(bytes: Uint8Array, changes: readonly (readonly [number, number])[]): Uint8Array {
  const copy = bytes.slice();
  for (const [place, bits] of changes) {
    const at = Math.floor(place * copy.length);
    copy[at] = (copy[at] as number) ^ bits;
  }
  return copy;
}

describe('the reader answers, whatever the bytes', () => {
  const kinds: [name: string, bytes: () => Uint8Array][] = [
    ['data_batch_1.bin', () => bin],
    ['cifar-10-binary.tar', () => tar],
    ['cifar-10-binary.tar.gz', () => archive],
  ];
  for (const [name, bytes] of kinds) {
    it(`${name} cut anywhere`, () =>
      fc.assert(
        fc.asyncProperty(fraction, async (place) => {
          const cut = Math.floor(place * bytes().length);
          const result = await load(name, bytes().subarray(0, cut));
          if (name.endsWith('.bin')) expect(result.ok).toBe(cut > 3073 && cut % 3073 === 0);
        }),
        { numRuns: 100 },
      ));

    it(`${name} with bytes flipped anywhere`, () =>
      fc.assert(
        fc.asyncProperty(flips, async (changes) => {
          await load(name, flipped(bytes(), changes));
        }),
        { numRuns: 100 },
      ));

    it(`${name} of any bytes`, () =>
      fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (any) => {
          await load(name, any);
        }),
        { numRuns: 50 },
      ));
  }

  it('headers of the tar with bytes flipped, gzip intact', () =>
    fc.assert(
      fc.asyncProperty(flips, async (changes) => {
        const near = changes.map(([place, bits]) => [(place * 2_560) / tar.length, bits] as const);
        await load('cifar-10-binary.tar.gz', gzipSync(flipped(tar, near), { level: 1 }));
      }),
      { numRuns: 100 },
    ));
});
