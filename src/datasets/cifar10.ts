import { fail, ok, type Result } from '../base/result.ts';
import { checksumOf } from './checksum.ts';
import { readArchive, type TakePart } from './cifar10-archive.ts';
import { type FileKind, kindOf, otherVersion } from './cifar10-names.ts';
import {
  cifar10Classes,
  cifar10Terms,
  officialArchive,
  originNote,
  type PartName,
  partNames,
} from './cifar10-official.ts';
import { checkPartSize, readRecords } from './cifar10-records.ts';
import { type Dataset, type ImageSet, thousands } from './dataset.ts';
import { imageFormats } from './image-formats.ts';
import { baseName, type NamedFile, type OnBytes, readFile } from './named-file.ts';
import { sha256 } from './sha256.ts';
import { split } from './subset.ts';

/** Bytes read so far of all bytes of the files. */
export type OnProgress = (done: number, total: number) => void;

interface Part {
  readonly name: PartName;
  /** Where it came from, for people. */
  readonly shown: string;
  readonly sha256: string | undefined;
  readonly set: ImageSet;
}

/**
 * CIFAR-10 from any of the files of its binary version, or their official archive, in any order. Training parts are
 * joined by number, so the same data has the same checksum however it came. With only training or only test parts, a
 * sixth is split off as the test set. Files that are not official are loaded with a note.
 *
 * Fails, and keeps nothing, on files that are damaged, unknown, given twice or unreadable, naming the file, the record
 * and the remedy.
 */
export async function loadCifar10(
  files: readonly NamedFile[],
  onProgress: OnProgress = () => {},
): Promise<Result<Dataset>> {
  const sorted = sortFiles(files);
  if (!sorted.ok) return sorted;
  const { wanted, leftOut } = sorted.value;
  const total = wanted.reduce((sum, { file }) => sum + file.size, 0);
  let done = 0;
  const onBytes = (bytes: number): void => {
    done += bytes;
    onProgress(done, total);
  };
  const parts = new Map<PartName, Part>();
  const take: TakePart = async (name, shown, bytes) => {
    const before = parts.get(name);
    if (before !== undefined) {
      return fail(`${name} was given twice: ${before.shown} and ${shown}. Leave one of them out.`, shown);
    }
    const set = readRecords(shown, bytes);
    if (!set.ok) return set;
    parts.set(name, { name, shown, sha256: await sha256(bytes), set: set.value });
    return ok(undefined);
  };
  for (const { file, kind } of wanted) {
    const read =
      kind.kind === 'archive' ? await readArchive(file, onBytes, take) : await readPart(file, kind.part, onBytes, take);
    if (!read.ok) return read;
  }
  return assemble(
    partNames.flatMap((name) => parts.get(name) ?? []),
    leftOut,
  );
}

interface Sorted {
  readonly wanted: readonly { readonly file: NamedFile; readonly kind: FileKind }[];
  /** Names of files that have nothing to do with CIFAR-10: a folder may hold more than the set. */
  readonly leftOut: readonly string[];
}

/** What to read of the files given. Strays are left out beside files of the set and refused without any. */
function sortFiles(files: readonly NamedFile[]): Result<Sorted> {
  const wanted: { file: NamedFile; kind: FileKind }[] = [];
  const strays: Extract<ReturnType<typeof kindOf>, { readonly ok: false }>[] = [];
  const leftOut: string[] = [];
  for (const file of files) {
    const kind = kindOf(file.name);
    if (kind.ok) {
      if (kind.value.kind !== 'beside') wanted.push({ file, kind: kind.value });
      continue;
    }
    if (otherVersion(baseName(file.name)) !== undefined) return kind;
    strays.push(kind);
    leftOut.push(file.name);
  }
  const [stray] = strays;
  return stray !== undefined && wanted.length === 0 ? stray : ok({ wanted, leftOut });
}

async function readPart(file: NamedFile, part: PartName, onBytes: OnBytes, take: TakePart): Promise<Result<void>> {
  const size = checkPartSize(file.name, file.size);
  if (!size.ok) return size;
  const bytes = await readFile(file, onBytes);
  return bytes.ok ? take(part, file.name, bytes.value) : bytes;
}

/** Parts, in their order, to a data set. */
function assemble(parts: readonly Part[], leftOut: readonly string[]): Result<Dataset> {
  if (parts.length === 0) {
    return fail(`No images of CIFAR-10 were given. Choose ${officialArchive.name} or the .bin files it holds.`);
  }
  const notes = [originNote(parts)];
  if (leftOut.length > 0) notes.push(`Left out, as no files of CIFAR-10: ${leftOut.join(', ')}.`);
  const training = parts.filter(({ name }) => name !== 'test_batch.bin');
  const test = parts.find(({ name }) => name === 'test_batch.bin')?.set;
  if (training.length > 0 && training.length < 5) {
    const given = training.map(({ name }) => name).join(', ');
    notes.push(`Only ${training.length} of the 5 training files were given (${given}).`);
  }
  const joined = join(training.map(({ set }) => set));
  if (joined.count > 0 && test !== undefined) return ok(dataset(joined, test, notes));

  const all = test ?? joined;
  if (all.count < 2) {
    return fail('One image is too few to train and test on. Choose the official files.', parts[0]?.shown);
  }
  const { taken, rest } = split(all, Math.max(1, Math.round(all.count / 6)), 0, 'cifar-10/test');
  const missing = test === undefined ? 'No test file was' : 'No training file was';
  notes.push(
    `${missing} given: ${thousands(taken.count)} of the ${thousands(all.count)} images, a random choice with the ` +
      'classes in proportion, are kept for testing. Accuracies cannot be compared with published ones.',
  );
  return ok(dataset(rest, taken, notes));
}

const dataset = (train: ImageSet, test: ImageSet, notes: readonly string[]): Dataset => ({
  name: 'cifar-10',
  title: 'CIFAR-10',
  classNames: cifar10Classes,
  format: imageFormats['cifar-10'],
  train,
  test,
  checksum: checksumOf(train, test),
  notes,
  terms: cifar10Terms,
});

function join(sets: readonly ImageSet[]): ImageSet {
  const [only] = sets;
  if (only !== undefined && sets.length === 1) return only;
  const sizeOf = (pick: (set: ImageSet) => number): number => sets.reduce((sum, set) => sum + pick(set), 0);
  const images = new Uint8Array(sizeOf((set) => set.images.length));
  const labels = new Uint8Array(sizeOf((set) => set.count));
  let count = 0;
  let at = 0;
  for (const set of sets) {
    images.set(set.images, at);
    labels.set(set.labels, count);
    at += set.images.length;
    count += set.count;
  }
  return { images, labels, count };
}
