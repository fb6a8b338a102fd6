import { fail, ok, type Result } from '../base/result.ts';
import { assemble, imagesFrom, joinImages, noImages } from './assemble.ts';
import { type CifarSet, cifar10, cifar100 } from './cifar-official.ts';
import { readBatch } from './cifar-python.ts';
import { imageSize, readRecords } from './cifar-records.ts';
import type { Dataset } from './dataset.ts';
import { type Entry, walkEntries } from './entries.ts';
import { FileChecks } from './file-sums.ts';
import { type ImageWriter, openWriter } from './image-writer.ts';
import { baseName, unnumbered } from './named-file.ts';
import type { Claim, InspectedFile, ReadContext, SetReader } from './set-reader.ts';

/** Readers of CIFAR-10 and CIFAR-100, binary and Python version. */
export const cifar10Reader: SetReader = readerOf(cifar10);
export const cifar100Reader: SetReader = readerOf(cifar100);

function readerOf(set: CifarSet): SetReader {
  return {
    identify: () => ({ set: set.name, title: set.title }),
    claim: (path) => claim(set, path),
    missing: (files) => missing(set, files),
    read: (files, context) => read(set, files, context),
  };
}

/** The part a path is of, if any. The binary version ends in .bin, the Python version in nothing. */
function partOf(set: CifarSet, path: string): { readonly part: string; readonly file: string } | undefined {
  const file = unnumbered(baseName(path)).toLowerCase();
  const part = file.replace(/\.bin$/, '');
  return part === set.test || set.train.includes(part) ? { part, file } : undefined;
}

function claim(set: CifarSet, path: string): Claim | undefined {
  if (partOf(set, path) !== undefined) return 'part';
  return set.beside.test(unnumbered(baseName(path)).toLowerCase()) ? 'beside' : undefined;
}

function missing(set: CifarSet, files: readonly InspectedFile[]): string[] {
  // What an archive holds further in was not looked at.
  if (files.some(({ packing }) => packing !== 'none')) return [];
  const given = new Set(files.map(({ file }) => partOf(set, file.name)?.part));
  const absent = [...set.train, set.test].filter((part) => !given.has(part));
  return absent.length === 0 ? [] : [`Of ${set.title}'s files there is no ${absent.join(', ')}.`];
}

interface Part {
  /** For people. */
  readonly shown: string;
  readonly first: number;
  readonly labels: Uint16Array;
}

async function read(set: CifarSet, files: readonly InspectedFile[], context: ReadContext): Promise<Result<Dataset>> {
  const opened = await openWriter(context, imageSize);
  if (!opened.ok) return opened;
  const writer = opened.value;
  const parts = new Map<string, Part>();
  const checks = new FileChecks(set.sums);
  for (const { file, packing } of files) {
    const before = parts.size;
    const walked = await walkEntries(file, packing, (entry) => readPart(set, entry, writer, parts, checks));
    const empty =
      parts.size === before && `${file.name} holds none of ${set.train[0]} and its like. Choose ${set.archives[0]}.`;
    if (walked.ok && empty === false) continue;
    await writer.discard();
    return walked.ok ? fail(empty || '', file.name) : walked;
  }
  const store = await writer.finish();
  if (!store.ok) return store;
  const found = (names: readonly string[]) => names.flatMap((name) => parts.get(name) ?? []);
  const training = found(set.train);
  const notes = await checks.notes();
  if (training.length > 0 && training.length < set.train.length) {
    const given = set.train.filter((name) => parts.has(name)).join(', ');
    notes.push(`Only ${training.length} of the ${set.train.length} training files were given (${given}).`);
  }
  const images = (some: readonly Part[]) =>
    some.length === 0 ? noImages : joinImages(some.map(({ first, labels }) => imagesFrom(first, labels)));
  const { name, title, classNames, terms } = set;
  const test = images(found([set.test]));
  const train = images(training);
  return assemble(
    {
      name,
      title,
      classNames,
      terms,
      notes,
      imageSize: writer.imageSize,
      store: store.value,
      train,
      test,
      validation: undefined,
      unlabelled: undefined,
    },
    context,
  );
}

async function readPart(
  set: CifarSet,
  entry: Entry,
  writer: ImageWriter,
  parts: Map<string, Part>,
  checks: FileChecks,
): Promise<Result<void>> {
  const found = partOf(set, entry.path);
  if (found === undefined) return ok(undefined);
  const { part, file } = found;
  const { shown } = entry;
  const before = parts.get(part);
  if (before !== undefined) {
    return fail(`${part} was given twice: ${before.shown} and ${shown}. Leave one of them out.`, shown);
  }
  const first = writer.count;
  const readVersion = file.endsWith('.bin') ? readRecords : readBatch;
  const labels = await readVersion(checks.watch(entry), set, writer);
  if (!labels.ok) return labels;
  parts.set(part, { shown, first, labels: labels.value });
  return ok(undefined);
}
