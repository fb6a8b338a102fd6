/** What files given to the page, by a picker or dropped on it, are taken for. */
export interface GivenFiles<Given> {
  readonly weights: Given | undefined;
  readonly experiment: Given | undefined;
  /** Everything else: the reader of data sets judges it, in words. */
  readonly data: readonly Given[];
}

/**
 * Sorts files by the ending of their names; of several weights or experiments the last counts. A JSON file in a folder, or beside files
 * of a data set, is no experiment.
 */
export function sortFiles<Given extends { readonly path: string }>(files: readonly Given[]): GivenFiles<Given> {
  const ending = ({ path }: Given, suffix: string) => path.toLowerCase().endsWith(suffix) && !path.includes('/');
  const weights = files.findLast((file) => ending(file, '.safetensors'));
  const others = files.filter((file) => !ending(file, '.safetensors') && !ending(file, '.json'));
  const experiments = files.filter((file) => ending(file, '.json'));
  if (others.length > 0 && weights === undefined) {
    return { weights, experiment: undefined, data: files.filter((file) => !ending(file, '.safetensors')) };
  }
  return { weights, experiment: experiments.at(-1), data: others };
}
