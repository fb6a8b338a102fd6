import { fail, ok, type Result } from '../../base/result.ts';
import { thousands } from '../thousands.ts';
import type { RemoteFile } from './fetch-bytes.ts';
import { chooseGroups } from './group-choice.ts';
import { RangesRefused, settled } from './hub-error.ts';
import type { HubSet } from './hub-sets.ts';
import { listSplits, type Splits } from './listing.ts';
import { type ByteRange, type ImageTable, openTable, type RowGroupInfo } from './parquet-table.ts';
import { bytesOf, footerFile, type PieceStore, piecesOf } from './pieces.ts';
import type { HubAccess } from './request.ts';

/** How many images are wanted at least. */
export interface WantedSizes {
  readonly train: number | 'all';
  readonly test: number | 'all';
}

/** A file of which some row groups are fetched. */
export interface PlannedFile {
  readonly remote: RemoteFile;
  readonly table: ImageTable;
  readonly groups: readonly RowGroupInfo[];
  readonly pieces: readonly ByteRange[];
}

/** What will be fetched of a set: row groups, or whole files where the hub hands out nothing less. */
export type HubPlan = { readonly set: HubSet; readonly bytes: number } & (
  | {
      readonly kind: 'groups';
      readonly train: readonly PlannedFile[];
      readonly test: readonly PlannedFile[];
      /** Images that will be there, and that the set has. */
      readonly images: Readonly<Record<'train' | 'test', { readonly fetched: number; readonly all: number }>>;
    }
  | { readonly kind: 'whole'; readonly train: readonly RemoteFile[]; readonly test: readonly RemoteFile[] }
);

/** Files handed out only as a whole are kept in memory while they are read. */
const largestWhole = 1_000_000_000;

/**
 * Finds out what has to be fetched for so many images of a set, from the hub's list and the footers of the files. Nothing else is
 * fetched yet. Errors: the set or its parts are not there, not reachable, too large to fetch whole.
 */
export async function planHub(
  set: HubSet,
  wanted: WantedSizes,
  seed: number,
  access: HubAccess,
  store: PieceStore,
): Promise<Result<HubPlan>> {
  const splits = await listSplits(set, access);
  if (!splits.ok) return splits;
  const train = splits.value.get('train');
  if (train === undefined) {
    return fail(
      `${set.repository} has no training part; it has ${[...splits.value.keys()].join(', ')}.`,
      set.repository,
    );
  }
  try {
    const trained = await openAll(train, access, store);
    const tested = await testPart(splits.value, access, store);
    const planned = { train: choose(trained, wanted.train, seed), test: choose(tested, wanted.test, seed) };
    const bytes = [...planned.train, ...planned.test].reduce((sum, { pieces }) => sum + bytesOf(pieces), 0);
    const counted = (files: readonly PlannedFile[], all: readonly Opened[]) => ({
      fetched: files.reduce((sum, { groups }) => sum + groups.reduce((rows, group) => rows + group.rows, 0), 0),
      all: all.reduce((sum, { table }) => sum + table.rows, 0),
    });
    const images = { train: counted(planned.train, trained), test: counted(planned.test, tested) };
    return ok({ kind: 'groups', set, bytes, ...planned, images });
  } catch (error) {
    if (error instanceof RangesRefused) return planWhole(set, train, splits.value);
    return settled(set.repository, () => Promise.reject(error));
  }
}

interface Opened {
  readonly remote: RemoteFile;
  readonly table: ImageTable;
}

async function openAll(files: readonly RemoteFile[], access: HubAccess, store: PieceStore): Promise<Opened[]> {
  const opened: Opened[] = [];
  for (const remote of files) {
    opened.push({ remote, table: await openTable(footerFile(remote, { access, store }), remote.name) });
  }
  return opened;
}

const testSplits = ['test', 'validation', 'valid', 'val'] as const;

/** The test part; the validation part where there is none, or where its labels were never told (-1). */
async function testPart(splits: Splits, access: HubAccess, store: PieceStore): Promise<Opened[]> {
  for (const name of testSplits) {
    const files = splits.get(name);
    if (files === undefined) continue;
    const opened = await openAll(files, access, store);
    if (!opened.some(({ table }) => table.groups.some(({ labels }) => labels !== undefined && labels[0] < 0))) {
      return opened;
    }
  }
  return [];
}

/** The row groups of a part's files that hold so many images. */
function choose(files: readonly Opened[], size: number | 'all', seed: number): PlannedFile[] {
  const all = files.flatMap(({ table }, file) => table.groups.map((group) => ({ ...group, file })));
  const chosen = chooseGroups(all, size, seed).flatMap((index) => all[index] ?? []);
  return files.flatMap(({ remote, table }, file) => {
    const groups = chosen.filter((group) => group.file === file);
    const pieces = piecesOf(groups.flatMap(({ ranges }) => ranges));
    return groups.length === 0 ? [] : [{ remote, table, groups, pieces }];
  });
}

function planWhole(set: HubSet, train: readonly RemoteFile[], splits: Splits): Result<HubPlan> {
  const test = testSplits.map((name) => splits.get(name)).find((files) => files !== undefined) ?? [];
  const files = [...train, ...test];
  const large = files.find(({ size }) => size > largestWhole);
  if (large !== undefined) {
    return fail(
      `The hub hands out ${large.name} only as a whole, which is too much with ${thousands(large.size)} bytes. Download it and give a part of it, or choose another set.`,
      large.name,
    );
  }
  return ok({ kind: 'whole', set, bytes: files.reduce((sum, { size }) => sum + size, 0), train, test });
}
