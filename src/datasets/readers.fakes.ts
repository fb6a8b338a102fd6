import { deflateSync, gzipSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import { zipSync } from 'fflate';
import { randomStream } from '../base/random.ts';
import { fakePart, fakeTar } from './cifar.fakes.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes that look like nothing, from a seed. */
export function noise(length: number, seed = 0): Bytes {
  const stream = randomStream(seed, 'noise');
  return Uint8Array.from({ length }, () => stream.nextUint32());
}

export const joined = (...parts: readonly Uint8Array[]): Bytes => {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

export const words = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;

const little = (...values: readonly number[]): Bytes => new Uint8Array(Uint32Array.from(values).buffer);

/** A numeric array as an element of a MATLAB 5 file; `type` is 2 for bytes. */
function matrix(name: string, shape: readonly number[], data: Uint8Array): Bytes {
  const padded = (bytes: Uint8Array) => joined(bytes, new Uint8Array((8 - (bytes.length % 8)) % 8));
  const body = joined(
    little(6, 8, 9, 0),
    little(5, 4 * shape.length),
    padded(little(...shape)),
    little(1, name.length),
    padded(words(name)),
    little(2, data.length),
    padded(data),
  );
  return joined(little(14, body.length), body);
}

/** A MATLAB 5 file of `count` digits of noise; labels 1 to 10 in turn. */
export function fakeMatlab(
  count: number,
  { compressed = true, shape = [32, 32, 3, count], zeros = false } = {},
): Bytes {
  const header = new Uint8Array(128).fill(32);
  header.set(words('MATLAB 5.0 MAT-file, made for a test'));
  header.set([0, 1, 0x49, 0x4d], 124);
  const length = shape.reduce((product, extent) => product * extent, 1);
  const images = zeros ? new Uint8Array(length) : noise(length);
  const labels = Uint8Array.from({ length: count }, (_, index) => 1 + (index % 10));
  const variables = [matrix('X', shape, images), matrix('y', [count, 1], labels)];
  const elements = variables.map((bytes) => {
    if (!compressed) return bytes;
    const packed = deflateSync(bytes);
    return joined(little(15, packed.length), packed);
  });
  return joined(header, ...elements);
}

/** A pickle, protocol 2, as Python 2 wrote CIFAR's: a dictionary with a NumPy array and a list. */
export function fakePickle(labels: readonly number[], data: Uint8Array, labelKey = 'labels'): Bytes {
  const short = (text: string) => joined(words('U'), Uint8Array.of(text.length), words(text));
  const number = (value: number) => joined(words('J'), little(value));
  const array = joined(
    words('cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n'),
    joined(
      words('K'),
      Uint8Array.of(0),
      Uint8Array.of(0x85),
      short('b'),
      Uint8Array.of(0x87),
      words('R(K'),
      Uint8Array.of(1),
    ),
    joined(number(labels.length), number(data.length / labels.length), Uint8Array.of(0x86)),
    joined(
      words('cnumpy\ndtype\n'),
      short('u1'),
      words('K'),
      Uint8Array.of(0),
      words('K'),
      Uint8Array.of(1, 0x87),
      words('R(K'),
    ),
    joined(
      Uint8Array.of(3),
      short('|'),
      words('NNN'),
      number(-1),
      number(-1),
      words('K'),
      Uint8Array.of(0),
      words('tb'),
    ),
    joined(Uint8Array.of(0x89), words('T'), little(data.length), data, words('tb')),
  );
  const list = joined(words(']('), ...labels.map((label) => joined(words('K'), Uint8Array.of(label))), words('e'));
  return joined(Uint8Array.of(0x80, 2), words('}('), short('data'), array, short(labelKey), list, words('u.'));
}

/** A part of CIFAR-10 in the Python version, with the records of `fakePart`. */
export function fakePythonPart(count: number, first = 0): Bytes {
  const records = fakePart(count, first);
  const rows = Array.from({ length: count }, (_, index) => records.subarray(index * 3073, (index + 1) * 3073));
  return fakePickle(
    rows.map(([label = 0]) => label),
    joined(...rows.map((row) => row.subarray(1))),
  );
}

/** Gzipped idx files of MNIST: digits in turn. */
export const fakeIdx = {
  images: (count: number): Bytes =>
    gzipSync(joined(bigEndian(0x803, count, 28, 28), noise(count * 784))) as unknown as Bytes,
  labels: (count: number): Bytes =>
    gzipSync(
      joined(
        bigEndian(0x801, count),
        Uint8Array.from({ length: count }, (_, index) => index % 10),
      ),
    ) as unknown as Bytes,
};

function bigEndian(...values: readonly number[]): Bytes {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, place) => {
    view.setUint32(4 * place, value);
  });
  return new Uint8Array(view.buffer);
}

/** An image of stripes, or a transparent one, drawn and encoded here. */
export function fakeImage(
  type: 'image/jpeg' | 'image/png' | 'image/webp',
  width: number,
  height: number,
  { clear = false } = {},
): Bytes {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  for (let column = 0; column < width && !clear; column++) {
    context.fillStyle = `rgb(${(column * 8) % 256}, ${(column * 3) % 256}, 90)`;
    context.fillRect(column, 0, 1, height);
  }
  return Uint8Array.from(type === 'image/png' ? canvas.toBuffer('image/png') : canvas.toBuffer(type as 'image/jpeg'));
}

/** A small tree of photos by class: two classes, three images each, of three formats. */
export function fakeTree(): Record<string, Bytes> {
  const images = [fakeImage('image/jpeg', 40, 36), fakeImage('image/png', 33, 50), fakeImage('image/webp', 64, 64)];
  const endings = ['JPEG', 'png', 'webp'];
  return Object.fromEntries(
    ['cat', 'dog'].flatMap((name) =>
      images.map((image, place) => [`pets/train/${name}/${name}_${place}.${endings[place]}`, image] as const),
    ),
  );
}

export const fakeZip = (tree: Readonly<Record<string, Uint8Array>>): Bytes =>
  zipSync({ ...tree }, { level: 1 }) as Bytes;

export const fakeTarOf = (tree: Readonly<Record<string, Bytes>>): Promise<Uint8Array> =>
  fakeTar(Object.entries(tree).map(([name, body]) => ({ name, body })));
