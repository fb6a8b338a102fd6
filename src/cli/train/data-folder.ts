import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { fail, ok, type Result } from '../../base/result.ts';
import { cifar10Reader } from '../../datasets/cifar.ts';
import { cifar10 } from '../../datasets/cifar-official.ts';
import type { Dataset } from '../../datasets/dataset.ts';
import type { NamedFile } from '../../datasets/named-file.ts';
import { nodeDecoder } from '../../datasets/node-decoder.ts';
import { readSet } from '../../datasets/read-set.ts';
import { builtInSeed, createSynthetic } from '../../datasets/synthetic.ts';
import type { DataName } from '../../experiment/experiment.ts';
import { fileReason } from '../file-errors.ts';

/** The folder in the official archive. */
const unpacked = 'cifar-10-batches-bin';

/** The data set of an experiment; CIFAR-10 is read from `folder`. Errors name the folder or file and the remedy. */
export async function openDataset(name: DataName, folder: string | undefined): Promise<Result<Dataset>> {
  if (name === 'synthetic') return ok(createSynthetic(builtInSeed));
  if (folder === undefined) {
    return fail(
      'This experiment trains on CIFAR-10. Name the folder with its .bin files by --data DIR, or train on the built-in set by --set data=synthetic.',
      '--data',
    );
  }
  const files = findCifar10(folder);
  return files.ok ? readSet(files.value, { decoder: nodeDecoder }) : files;
}

/** The parts of CIFAR-10 in a folder, or in the one the archive unpacks to; else its archive. */
export function findCifar10(folder: string): Result<NamedFile[]> {
  try {
    const inner = join(folder, unpacked);
    const paths = [folder, ...(existsSync(inner) ? [inner] : [])].map((place) =>
      readdirSync(place)
        .map((name) => join(place, name))
        .filter((path) => statSync(path).isFile()),
    );
    for (const wanted of ['part', 'archive'] as const) {
      for (const inPlace of paths) {
        const found = inPlace.filter((path) => isKind(basename(path), wanted));
        if (found.length > 0) return ok(found.map(namedFile));
      }
    }
  } catch (error) {
    return fail(
      `--data ${folder} cannot be read: ${fileReason(error)}. Name the folder with CIFAR-10's .bin files.`,
      '--data',
    );
  }
  return fail(
    `--data ${folder} holds neither data_batch_1.bin and its like nor ${cifar10.archives.join(' or ')}.`,
    '--data',
  );
}

const isKind = (name: string, wanted: 'part' | 'archive'): boolean =>
  wanted === 'part' ? cifar10Reader.claim(name) === 'part' : /\.(tar|tar\.gz|tgz)$/i.test(name);

const namedFile = (path: string): NamedFile => ({
  name: path,
  size: statSync(path).size,
  stream: () => Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>,
});
