import { fail, type Result } from '../../base/result.ts';
import type { Dataset } from '../dataset.ts';
import type { ReadContext } from '../set-reader.ts';
import { thousands } from '../thousands.ts';
import type { RemoteFile } from './fetch-bytes.ts';
import { settled } from './hub-error.ts';
import type { HubSet } from './hub-sets.ts';
import { openTable } from './parquet-table.ts';
import { type PieceStore, pieceFile, wholeFile } from './pieces.ts';
import type { HubPlan, PlannedFile } from './plan-hub.ts';
import { readTables, type TableFile, type TablesOf } from './read-tables.ts';
import type { HubAccess } from './request.ts';

export interface ReadHubOptions {
  readonly access: HubAccess;
  /** Keeps what was fetched; what is in it is not fetched again. */
  readonly store: PieceStore;
  readonly context: ReadContext;
  /** Bytes here of all bytes of the plan. */
  readonly onProgress: (done: number, total: number) => void;
}

/** Fetches what a plan says and reads it to a data set. On cancel or failure nothing is kept but what the store has. */
export async function readHub(plan: HubPlan, options: ReadHubOptions): Promise<Result<Dataset>> {
  const { access, store, context, onProgress } = options;
  let done = 0;
  const onBytes = (bytes: number) => {
    done += bytes;
    onProgress(done, plan.bytes);
  };
  const of = told(plan, access);
  const read = await (plan.kind === 'groups'
    ? readTables({ train: plan.train.map(fileOf), test: plan.test.map(fileOf) }, of, context)
    : readWhole(plan, of));
  if (access.signal?.aborted && !read.ok) {
    return fail('Loading was cancelled. What came so far is kept for the next time.', 'cancelled');
  }
  return read;

  function fileOf({ remote, table, groups, pieces }: PlannedFile): TableFile {
    return { name: remote.name, file: pieceFile(remote, pieces, { access, store, onBytes }), table, groups };
  }

  async function readWhole(whole: Extract<HubPlan, { kind: 'whole' }>, what: TablesOf): Promise<Result<Dataset>> {
    const opened = await settled(whole.set.repository, async () => ({
      train: await openWhole(whole.train),
      test: await openWhole(whole.test),
    }));
    return opened.ok ? readTables(opened.value, what, context) : opened;
  }

  async function openWhole(files: readonly RemoteFile[]): Promise<TableFile[]> {
    const opened: TableFile[] = [];
    for (const remote of files) {
      const file = await wholeFile(remote, { access, store, onBytes });
      const table = await openTable(file, remote.name);
      opened.push({ name: remote.name, file, table, groups: table.groups });
    }
    return opened;
  }
}

function told(plan: HubPlan, { address }: HubAccess): TablesOf {
  const { repository, set } = plan.set;
  const notes = [`From ${address}/datasets/${repository}: a copy in another format, so no official checksum applies.`];
  if (plan.kind === 'groups') {
    for (const [part, words] of [
      ['train', 'training'],
      ['test', 'test'],
    ] as const) {
      const { fetched, all } = plan.images[part];
      if (fetched < all) {
        notes.push(
          `Only ${thousands(fetched)} of its ${thousands(all)} ${words} images were fetched: whole row groups, chosen by the seed.`,
        );
      }
    }
  }
  const terms = `${address}/datasets/${repository}. ${hubTerms[set] ?? 'See its page for terms of use and citation.'}`;
  return { set, title: titles[set] ?? repository, notes, terms };
}

const titles: Readonly<Partial<Record<HubSet['set'], string>>> = {
  'cifar-10': 'CIFAR-10',
  svhn: 'SVHN',
  'stl-10': 'STL-10',
  'tiny-imagenet': 'Tiny-ImageNet',
};

const hubTerms: Readonly<Partial<Record<HubSet['set'], string>>> = {
  'cifar-10': 'No licence is stated. Cite: A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009.',
  svhn: 'Non-commercial use only. Cite: Y. Netzer et al., Reading Digits in Natural Images with Unsupervised Feature Learning, 2011.',
  'stl-10':
    'Images of ImageNet, whose terms (non-commercial research and education) apply. Cite: A. Coates, H. Lee, A. Y. Ng, An Analysis of Single Layer Networks in Unsupervised Feature Learning, AISTATS 2011.',
  'tiny-imagenet':
    "ImageNet's terms (non-commercial research and education) apply. Cite: Y. Le, X. Yang, Tiny ImageNet Visual Recognition Challenge, 2015.",
};
