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
 */
export function sortFiles<Given extends { readonly path: string }>(files: readonly Given[]): GivenFiles<Given> {
  const ofRun = ({ path }: Given) => runFile.test(path) && !path.includes('/');
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

/** A run that was exported whole, also one that a browser numbered. */
const wholeRun = /\.hpff( ?\(\d+\))?\.zip$/i;

/**
 * Files of exported runs among those given, which are put side by side: results of lessons, several `.hpff.zip`, and on the page that compares runs a single one and
 * any JSON too (a record, or measurements).
 */
export function partRunFiles<Given extends { readonly path: string }>(
  files: readonly Given[],
  comparing: boolean,
): { readonly runs: readonly Given[]; readonly others: readonly Given[] } {
  const zips = files.filter(({ path }) => wholeRun.test(path));
  const isRun = ({ path }: Given) =>
    lessonResults.test(path) ||
    (wholeRun.test(path) ? comparing || zips.length > 1 : comparing && path.toLowerCase().endsWith('.json'));
  return { runs: files.filter(isRun), others: files.filter((file) => !isRun(file)) };
}
