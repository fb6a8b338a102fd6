import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { expectOk } from '../base/result.ts';
import { parseSafetensors, type Tensor, writeSafetensors } from './safetensors.ts';

const file = (header: unknown, data = new Uint8Array(0), claimed?: bigint): Uint8Array => {
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  const bytes = new TextEncoder().encode(text);
  const whole = new Uint8Array(8 + bytes.length + data.length);
  new DataView(whole.buffer).setBigUint64(0, claimed ?? BigInt(bytes.length), true);
  whole.set(bytes, 8);
  whole.set(data, 8 + bytes.length);
  return whole;
};

const entry = (shape: unknown, offsets: unknown, dtype: unknown = 'F32') => ({
  t: { dtype, shape, data_offsets: offsets },
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('safetensors', () => {
  test('reads what it wrote, also from a view into a larger buffer', () => {
    const numbers = fc.array(fc.float({ noNaN: true }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), numbers, { maxKeys: 5 }), (record) => {
        const named = Object.entries(record).filter(([name]) => name !== '__metadata__' && name !== '__proto__');
        const tensors = new Map<string, Tensor>(
          named.map(([name, values]) => [name, { shape: [values.length], data: Float32Array.from(values) }]),
        );
        const written = writeSafetensors({ tensors, metadata: { step: '3' } });
        const shifted = new Uint8Array(written.length + 3);
        shifted.set(written, 3);
        const read = expectOk(parseSafetensors(shifted.subarray(3), 'a'));
        expect(read.metadata).toEqual({ step: '3' });
        expect(new Map([...read.tensors])).toEqual(tensors);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test('copies out of a Node buffer instead of sharing its memory', () => {
    const written = writeSafetensors({
      tensors: new Map([['a', { shape: [2], data: Float32Array.of(1, 2) }]]),
      metadata: {},
    });
    const { tensors } = expectOk(parseSafetensors(Buffer.from(written), 'a'));
    expect(tensors.get('a')?.data).toEqual(Float32Array.of(1, 2));
  });

  test('reads double, half and integer types of other programs', () => {
    const bytes = new Uint8Array(32);
    const view = new DataView(bytes.buffer);
    view.setFloat64(0, 0.1, true);
    // Halves: 1, -2, the least subnormal; a bfloat16 of 1.
    for (const [index, half] of [0x3c00, 0xc000, 0x0001, 0x3f80].entries()) view.setUint16(8 + 2 * index, half, true);
    view.setBigInt64(16, -7n, true);
    const parsed = parseSafetensors(
      file(
        {
          d: { dtype: 'F64', shape: [1], data_offsets: [0, 8] },
          h: { dtype: 'F16', shape: [3], data_offsets: [8, 14] },
          b: { dtype: 'BF16', shape: [1], data_offsets: [14, 16] },
          i: { dtype: 'I64', shape: [1], data_offsets: [16, 24] },
        },
        bytes,
      ),
      'a',
    );
    const { tensors } = expectOk(parsed);
    expect(tensors.get('d')?.data).toEqual(Float64Array.of(0.1));
    expect(tensors.get('h')?.data).toEqual(Float32Array.of(1, -2, 2 ** -24));
    expect(tensors.get('b')?.data).toEqual(Float32Array.of(1));
    expect(tensors.get('i')?.data).toEqual(Int32Array.of(-7));
  });

  test.each([
    ['an empty file', new Uint8Array(3), 'only 3 bytes'],
    ['a header longer than the file', file('{}', undefined, 1_000_000n), 'claims 1000000 bytes'],
    ['a header length beyond 2^53', file('{}', undefined, 0xffff_ffff_ffff_ffffn), 'claims'],
    ['a header that is no JSON', file('{"a":'), 'header is not JSON'],
    ['a header that is a list', file([]), 'not a JSON object'],
    ['an unknown type', file(entry([1], [0, 4], 'Q9'), new Uint8Array(4)), 'can be read'],
    ['a type called constructor', file(entry([1], [0, 4], 'constructor'), new Uint8Array(4)), 'can be read'],
    ['a negative size', file(entry([-1], [0, 4]), new Uint8Array(4)), 'no valid shape'],
    ['a size beyond numbers', file(entry([2 ** 60], [0, 4]), new Uint8Array(4)), 'no valid shape'],
    ['a shape whose product overflows', file(entry([2 ** 40, 2 ** 40], [0, 4]), new Uint8Array(4)), 'but 4 bytes'],
    ['offsets behind the end', file(entry([2], [0, 8]), new Uint8Array(4)), 'cut off'],
    ['offsets in the wrong order', file(entry([1], [4, 0]), new Uint8Array(4)), 'cut off'],
    ['a shape that does not match', file(entry([3], [0, 4]), new Uint8Array(4)), '12 bytes, but 4'],
    ['a header 200,000 levels deep', file(`{"t":${'['.repeat(200_000)}`), 'levels deep'],
    [
      'more tensors than there can be',
      file(
        `{${Array.from({ length: 70_000 }, (_, index) => `"${index}":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}`)}}`,
      ),
      'more than 65536 tensors',
    ],
    ['a tensor with a long name', file({ ['x'.repeat(1e5)]: 0 }), 'tensor "xxx'],
    ['metadata that is no text', file({ __metadata__: { a: 1 } }), 'metadata'],
    [
      'overlapping tensors',
      file({ ...entry([2], [0, 8]), u: { dtype: 'F32', shape: [2], data_offsets: [4, 12] } }, new Uint8Array(12)),
      'overlap',
    ],
  ])('refuses %s in words', (_, bytes, words) => {
    const parsed = parseSafetensors(bytes, 'weights.safetensors');
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.error.message).toMatch(new RegExp(`^weights.safetensors is not.*${words}`));
    if (!parsed.ok) expect(parsed.error.message.length).toBeLessThan(400);
  });

  test('copies nothing of a file whose tensors overlap, and no more bytes than a good one has', () => {
    const data = new Uint8Array(64 * 1024);
    const overlapping = Object.fromEntries(
      Array.from({ length: 16_000 }, (_, index) => [
        `t${index}`,
        { dtype: 'U8', shape: [data.length], data_offsets: [0, data.length] },
      ]),
    );
    const side = Object.fromEntries(
      Array.from({ length: 16_000 }, (_, index) => [
        `t${index}`,
        { dtype: 'U8', shape: [4], data_offsets: [4 * index, 4 * index + 4] },
      ]),
    );
    const slice = vi.spyOn(Uint8Array.prototype, 'slice');
    const copied = () => slice.mock.results.reduce((sum, { value }) => sum + (value as Uint8Array).length, 0);
    const hostile = file(overlapping, data);
    const before = performance.now();
    expect(parseSafetensors(hostile, 'a')).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('overlap') },
    });
    expect(copied()).toBe(0);
    expect(performance.now() - before).toBeLessThan(5000);
    expect(expectOk(parseSafetensors(file(side, data), 'a')).tensors.size).toBe(16_000);
    expect(copied()).toBe(64_000);
  });

  test('never throws on damaged files', () => {
    const written = writeSafetensors({
      tensors: new Map([['a', { shape: [2], data: Float32Array.of(1, 2) }]]),
      metadata: {},
    });
    fc.assert(
      fc.property(fc.nat(written.length), fc.nat(written.length - 1), fc.nat(255), (length, place, value) => {
        const damaged = written.slice(0, length);
        if (place < length) damaged[place] = value;
        parseSafetensors(damaged, 'a');
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
