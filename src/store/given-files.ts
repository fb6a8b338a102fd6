import { isPytorchFile, signatureBytes } from '../base/pytorch-file.ts';
import type { GivenFile } from '../worker/protocol.ts';

/** What files given to the page, by a picker or dropped on it, are taken for. */
export interface GivenFiles<Given> {
  /** Weights, or a run that was exported whole. */
  readonly weights: Given | undefined;
  readonly experiment: Given | undefined;
  /** Everything else: the reader of data sets judges it, in words. */
  readonly data: readonly Given[];
}

/** Weights of here or of PyTorch, and whole runs, also those a browser numbered. */
const runFile = /\.(safetensors|pt|pth|ckpt|hpff( ?\(\d+\))?\.zip)$/i;

/**
 * Sorts files by the ending of their names; of several weights or experiments the last counts. A JSON file in a folder, or beside files
 * of a data set, is no experiment.
 *
 * @param pytorch those found by `pytorchFiles`: weights, whatever they are called
 */
export function sortFiles<Given extends { readonly path: string }>(
  files: readonly Given[],
  pytorch: ReadonlySet<Given> = new Set(),
): GivenFiles<Given> {
  const ofRun = (given: Given) => pytorch.has(given) || (runFile.test(given.path) && !given.path.includes('/'));
  const ending = ({ path }: Given, suffix: string) => path.toLowerCase().endsWith(suffix) && !path.includes('/');
  const weights = files.findLast(ofRun);
  const others = files.filter((file) => !ofRun(file) && !ending(file, '.json'));
  const experiments = files.filter((file) => ending(file, '.json'));
  if (others.length > 0 && weights === undefined) {
    return { weights, experiment: undefined, data: files.filter((file) => !ofRun(file)) };
  }
  return { weights, experiment: experiments.at(-1), data: others };
}

/** The results of a lesson. */
const lessonResults = /\.results( ?\(\d+\))?\.json$/i;

/** The files among those given that torch.save wrote under a name that data sets use too. */
export async function pytorchFiles(files: readonly GivenFile[]): Promise<ReadonlySet<GivenFile>> {
  const candidates = files.filter(({ path }) => /^[^/]+\.bin$/i.test(path));
  const found = await Promise.all(
    candidates.map(async ({ path, file }) => {
      // A file that cannot be read is left to the reader of data sets, which says so.
      const start = await file
        .slice(0, signatureBytes)
        .arrayBuffer()
        .catch(() => new ArrayBuffer(0));
      return isPytorchFile(path, new Uint8Array(start));
    }),
  );
  return new Set(candidates.filter((_, index) => found[index]));
}

/** Runs that the playground exported as JSON. */
export type ExportedRun = 'record' | 'measurements';

/** Bytes at the start of a file that say what it is: the playground writes its format first. */
const startBytes = 200;

/** Which of the JSON files given, whatever they are called, hold runs. */
export async function exportedRuns(files: readonly GivenFile[]): Promise<ReadonlyMap<GivenFile, ExportedRun>> {
  const found = await Promise.all(
    files
      .filter(({ path }) => /^[^/]+\.json$/i.test(path))
      .map(async (given): Promise<readonly (readonly [GivenFile, ExportedRun])[]> => {
        // A file that cannot be read is left to its reader, which says so.
        const start = await given.file
          .slice(0, startBytes)
          .text()
          .catch(() => '');
        const [, format] = /^\s*\{\s*"format"\s*:\s*"hpff-(run|metrics|results)"/.exec(start) ?? [];
        return format === undefined ? [] : [[given, format === 'run' ? 'record' : 'measurements']];
      }),
  );
  return new Map(found.flat());
}

/** A run that was exported whole, also one that a browser numbered. */
const wholeRun = /\.hpff( ?\(\d+\))?\.zip$/i;

/**
 * Files of exported runs among those given, which are put side by side: measurements and results of lessons; several records or `.hpff.zip`; and on the page that
 * compares runs a single one and any JSON too.
 *
 * @param exported those found by `exportedRuns`
 */
export function partRunFiles<Given extends { readonly path: string }>(
  files: readonly Given[],
  comparing: boolean,
  exported: ReadonlyMap<Given, ExportedRun> = new Map(),
): { readonly runs: readonly Given[]; readonly others: readonly Given[] } {
  const isWhole = ({ path }: Given) => wholeRun.test(path);
  const several = files.filter((file) => isWhole(file) || exported.has(file)).length > 1;
  const isRun = (file: Given) =>
    lessonResults.test(file.path) ||
    exported.get(file) === 'measurements' ||
    (exported.has(file) || isWhole(file)
      ? comparing || several
      : comparing && file.path.toLowerCase().endsWith('.json'));
  return { runs: files.filter(isRun), others: files.filter((file) => !isRun(file)) };
}
