import { fail, ok, type Result } from '../base/result.ts';
import { walkEntries } from './entries.ts';
import { inspect } from './inspect.ts';
import { modelInWords } from './model-file.ts';
import { isHidden, type NamedFile } from './named-file.ts';
import type { Claim, InspectedFile, SetReader } from './set-reader.ts';

export interface Found {
  readonly reader: SetReader;
  readonly wanted: readonly InspectedFile[];
  /** Names of files that are not read, though not of those that come with the set. */
  readonly leftOut: readonly string[];
}

/** Loose parts are better than an archive, which may hold the same; files under changed names come last. */
const ranks = ['part', 'archive', 'likeness'] as const;

interface Claimed {
  readonly inspected: InspectedFile;
  readonly reader: SetReader | undefined;
  readonly rank: (typeof ranks)[number] | 'list' | 'beside' | undefined;
}

/** Which of the readers the files are for, and which of the files. Fails on none, and on files of several sets. */
export async function findReader(readers: readonly SetReader[], files: readonly NamedFile[]): Promise<Result<Found>> {
  const claims: Claimed[] = [];
  for (const file of files) {
    if (isHidden(file.name)) continue;
    const inspected = await inspect(file);
    if (!inspected.ok) return inspected;
    claims.push(claimOf(readers, inspected.value));
  }
  if (claims.length === 0) return fail(`No files were given. ${remedy}`);
  for (const rank of ranks) {
    const best = claims.filter((claimed) => claimed.rank === rank);
    const [first, ...others] = new Set(best.flatMap(({ reader }) => reader ?? []));
    if (first === undefined) continue;
    const [other] = others;
    if (other !== undefined) {
      const titles = [first, other].map((reader) => reader.identify(inspectedBy(best, reader)).title);
      const [stranger] = inspectedBy(best, other);
      return fail(`These are files of ${titles.join(' and of ')}. Choose those of one set.`, stranger?.file.name);
    }
    const wanted = claims.filter(
      (claimed) => claimed.reader === first && (claimed.rank === rank || claimed.rank === 'list'),
    );
    const leftOut = claims.filter((claimed) => !wanted.includes(claimed) && claimed.rank !== 'beside');
    return ok({
      reader: first,
      wanted: wanted.map(({ inspected }) => inspected),
      leftOut: leftOut.map(({ inspected }) => inspected.file.name),
    });
  }
  const [{ inspected }] = claims as [Claimed];
  return refusalOf(inspected);
}

/** Says why nothing can be made of a file. */
async function refusalOf({ file, packing, paths }: InspectedFile): Promise<Result<never>> {
  const { name, size } = file;
  if (size === 0) return fail(`${name} is empty. Download or copy it again.`, name);
  const model = modelInWords(name, paths);
  if (model !== undefined) return fail(model, name);
  if (packing === 'none') {
    const what = /\.(zip|tar|tgz|gz)$/i.test(name)
      ? 'is neither zip, gzip nor tar, whatever its name says'
      : 'is no file of a data set that can be read here';
    return fail(`${name} ${what}. ${remedy}`, name);
  }
  const walked = await walkEntries(file, packing, async () => ok(undefined));
  return walked.ok ? fail(`${name} holds no files of a data set that can be read here. ${remedy}`, name) : walked;
}

const remedy =
  'Choose the official files or archive of CIFAR-10, CIFAR-100, SVHN, STL-10, Tiny-ImageNet or MNIST, or images in folders by class.';

const inspectedBy = (claims: readonly Claimed[], reader: SetReader): InspectedFile[] =>
  claims.flatMap((claimed) => (claimed.reader === reader ? claimed.inspected : []));

function claimOf(readers: readonly SetReader[], inspected: InspectedFile): Claimed {
  const claimed = (wanted: Claim): SetReader | undefined =>
    readers.find((reader) => inspected.paths.some((path) => reader.claim(path) === wanted));
  const packed = inspected.packing !== 'none' && inspected.packing !== 'gzip';
  const part = claimed('part');
  if (part !== undefined) return { inspected, reader: part, rank: packed ? 'archive' : 'part' };
  const likeness = claimed('likeness');
  if (likeness !== undefined) return { inspected, reader: likeness, rank: 'likeness' };
  const list = claimed('list');
  if (list !== undefined) return { inspected, reader: list, rank: packed ? 'archive' : 'list' };
  return { inspected, reader: undefined, rank: packed || claimed('beside') === undefined ? undefined : 'beside' };
}
