import type { PhotoSet } from './photo-sets.ts';

/** What was found in folders and archives of photos. */
export interface Photos {
  /** With folders, slashes forward; the place is the image's index. */
  readonly paths: readonly string[];
  /** Text files that may say what is what, by path. */
  readonly texts: ReadonlyMap<string, string>;
}

/** One image and its class. */
export interface Placed {
  readonly index: number;
  readonly label: number;
}

/** Which photo is what. */
export interface PhotoLayout {
  readonly name: PhotoSet;
  readonly classNames: readonly string[];
  readonly train: readonly Placed[];
  readonly validation: readonly Placed[];
  readonly test: readonly Placed[];
  readonly notes: readonly string[];
}

/** The one text file of that name; of several the one nearest to the root. */
export function textNamed(
  { texts }: Photos,
  name: string,
): { readonly path: string; readonly text: string } | undefined {
  const found = [...texts].filter(([path]) => path.toLowerCase() === name || path.toLowerCase().endsWith(`/${name}`));
  const [nearest] = found.toSorted(([a], [b]) => a.length - b.length);
  return nearest === undefined ? undefined : { path: nearest[0], text: nearest[1] };
}

/** Texts of words.txt: an id, a tab and its names with commas; the first name of each id. */
export function wordsOf(photos: Photos): ReadonlyMap<string, string> {
  const lines = textNamed(photos, 'words.txt')?.text.split(/\r?\n/) ?? [];
  return new Map(
    lines.flatMap((line) => {
      const [id, names] = line.split('\t');
      const [first] = names?.split(',') ?? [];
      return id === undefined || first === undefined ? [] : [[id, first.trim()] as const];
    }),
  );
}

/** Which set the classes make: WordNet ids are ImageNet's. */
export function setOfClasses(classes: readonly string[]): PhotoSet {
  if (classes.length === imagenette.size && classes.every((id) => imagenette.has(id))) return 'imagenette';
  return classes.length > 0 && classes.every((id) => /^n\d{8}$/.test(id)) ? 'imagenet' : 'own';
}

/** Imagenette's ten classes (fast.ai), by WordNet id. */
export const imagenette: ReadonlyMap<string, string> = new Map([
  ['n01440764', 'tench'],
  ['n02102040', 'English springer'],
  ['n02979186', 'cassette player'],
  ['n03000684', 'chain saw'],
  ['n03028079', 'church'],
  ['n03394916', 'French horn'],
  ['n03417042', 'garbage truck'],
  ['n03425413', 'gas pump'],
  ['n03445777', 'golf ball'],
  ['n03888257', 'parachute'],
]);

/** Text order by code units: the same on every machine. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
