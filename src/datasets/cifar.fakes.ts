import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { randomStream } from '../base/random.ts';
import { type NamedFile, namedBytes } from './named-file.ts';

const recordSize = 3073;

/** Made-up records for tests: label (first + i) mod 10, pixels of noise. */
export function fakePart(count: number, first = 0): Uint8Array<ArrayBuffer> {
  const stream = randomStream(first, 'fake');
  const bytes = Uint8Array.from({ length: count * recordSize }, () => stream.nextUint32());
  for (let index = 0; index < count; index++) bytes[index * recordSize] = (first + index) % 10;
  return bytes;
}

export interface FakeEntry {
  readonly name: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

export const fakeTar = (entries: readonly FakeEntry[]): Promise<Uint8Array> =>
  packTar([
    { header: { name: 'cifar-10-batches-bin/', type: 'directory', size: 0 } },
    ...entries.map(({ name, body }) => ({
      header: { name: `cifar-10-batches-bin/${name}`, size: body.length },
      body,
    })),
  ]);

export async function fakeArchive(entries: readonly FakeEntry[], name = 'cifar-10-binary.tar.gz'): Promise<NamedFile> {
  return namedBytes(name, gzipSync(await fakeTar(entries), { level: 1 }));
}
