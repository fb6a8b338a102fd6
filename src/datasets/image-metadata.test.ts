import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { readImageHeader } from './image-header.ts';
import { withoutMetadata } from './image-metadata.ts';
import { nodeDecoder } from './node-decoder.ts';
import { fakeImage, joined, noise, words } from './readers.fakes.ts';

/** The pixels of an image once its metadata are gone. */
async function pixels(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const { type, width, height } = expectOk(readImageHeader(bytes));
  const image = expectOk(await nodeDecoder.decode(withoutMetadata(bytes, type), type));
  expect([image.width, image.height]).toEqual([width, height]);
  return Uint8Array.from(image.rgba);
}

const big = (value: number): Uint8Array => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
const pngChunk = (name: string, data: Uint8Array) => {
  const named = joined(words(name), data);
  return joined(big(data.length), named, big(crc32(named)));
};
const segment = (marker: number, data: Uint8Array) =>
  joined(Uint8Array.of(0xff, marker, (data.length + 2) >> 8, data.length + 2), data);

describe('metadata', () => {
  it('of a JPEG: orientation and colour profile change nothing', async () => {
    const plain = fakeImage('image/jpeg', 40, 24);
    // Exif, big-endian: one entry, orientation 6 (turned by a quarter).
    const exif = joined(
      words('Exif\0\0MM'),
      Uint8Array.of(0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0),
    );
    const profile = joined(words('ICC_PROFILE\0'), Uint8Array.of(1, 1), noise(200));
    const dressed = joined(plain.subarray(0, 2), segment(0xe1, exif), segment(0xe2, profile), plain.subarray(2));
    expect(await pixels(dressed)).toEqual(await pixels(plain));
  });

  it('of a PNG: gamma and comments change nothing', async () => {
    const plain = fakeImage('image/png', 40, 24);
    const extra = joined(pngChunk('gAMA', big(20_000)), pngChunk('tEXt', words('a\0b')));
    const dressed = joined(plain.subarray(0, 33), extra, plain.subarray(33));
    expect(await pixels(dressed)).toEqual(await pixels(plain));
  });

  it('of a WebP: profile and Exif are cut from the extended form', async () => {
    const plain = fakeImage('image/webp', 40, 24);
    const body = plain.subarray(
      plain.findIndex((_, at) => String.fromCharCode(...plain.subarray(at, at + 4)) === 'VP8 '),
    );
    const little = (value: number) => Uint8Array.of(value, value >> 8, value >> 16, value >> 24);
    const part = (name: string, data: Uint8Array) =>
      joined(words(name), little(data.length), data, new Uint8Array(data.length % 2));
    const extended = part('VP8X', Uint8Array.of(0x28, 0, 0, 0, 39, 0, 0, 23, 0, 0));
    const inner = joined(words('WEBP'), extended, part('ICCP', noise(101)), body, part('EXIF', noise(30)));
    const dressed = joined(words('RIFF'), little(inner.length), inner);
    expect(withoutMetadata(dressed, 'image/webp').length).toBe(dressed.length - 110 - 38);
    expect(await pixels(dressed)).toEqual(await pixels(plain));
  });
});
