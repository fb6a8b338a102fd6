/** What files given to the page, by a picker or dropped on it, are taken for. */
export interface GivenFiles<Given> {
  readonly weights: Given | undefined;
  readonly experiment: Given | undefined;
  /** Everything else: the reader of data sets judges it, in words. */
  readonly data: readonly Given[];
}

/** Sorts files by the ending of their names; of several weights or experiments the last counts. */
export function sortFiles<Given extends { readonly name: string }>(files: readonly Given[]): GivenFiles<Given> {
  const ending = (given: Given, suffix: string) => given.name.toLowerCase().endsWith(suffix);
  return {
    weights: files.findLast((file) => ending(file, '.safetensors')),
    experiment: files.findLast((file) => ending(file, '.json')),
    data: files.filter((file) => !ending(file, '.safetensors') && !ending(file, '.json')),
  };
}
