import { fail, ok, type Result } from '../base/result.ts';
import {
  byText,
  imagenette,
  type PhotoLayout,
  type Photos,
  type Placed,
  setOfClasses,
  wordsOf,
} from './photo-layout.ts';
import { type Part, partOfWord } from './photo-parts.ts';
import { imagesInWords } from './thousands.ts';

/** Where an image lies: in which part, if folders say so, and in which class's folder, if in any. */
interface Place {
  readonly part: Part | undefined;
  readonly className: string | undefined;
}

/**
 * Classes by folders: train/<class>/..., val/<class>/..., test/<class>/... below any folder, or <class>/... alone. Labels
 * are the places of the folders' names in sorted order.
 */
export function layOutByFolders(photos: Photos): Result<PhotoLayout> {
  const folders = photos.paths.map((path) => path.split('/').slice(0, -1));
  // A class may be called "train" too: a part has folders of classes in it.
  const parted = folders.some((names) => placeByPart(names).className !== undefined);
  const places = parted ? folders.map(placeByPart) : placesByClass(folders);
  const classes = [...new Set(places.flatMap(({ className }) => className ?? []))].sort(byText);
  if (classes.length === 0) {
    return fail(
      'These images have no classes. Put those of each class in a folder of its name, or add a labels.csv with the columns ' +
        '"file" and "label".',
      photos.paths[0],
    );
  }
  const labels = new Map(classes.map((name, label) => [name, label]));
  const parts: Record<Part, Placed[]> = { train: [], validation: [], test: [] };
  let left = 0;
  for (const [index, { part, className }] of places.entries()) {
    if (className === undefined || (parted && part === undefined)) left++;
    else parts[part ?? 'train'].push({ index, label: labels.get(className) as number });
  }
  const words = wordsOf(photos);
  const notes = [
    ...(left === 0 ? [] : [`Left out: ${imagesInWords(left)} in no folder of a class.`]),
    ...(classes.length > 1 ? [] : [`All images are of one class, ${classes[0]}: there is nothing to tell apart.`]),
  ];
  return ok({
    name: setOfClasses(classes),
    classNames: classes.map((name) => words.get(name) ?? imagenette.get(name) ?? name),
    ...parts,
    notes,
  });
}

/** The class's folder is the one right below the part's. */
function placeByPart(folders: readonly string[]): Place {
  const at = folders.findIndex((name) => partOfWord(name) !== undefined);
  return at < 0
    ? { part: undefined, className: undefined }
    : { part: partOfWord(folders[at] as string), className: folders[at + 1] };
}

/** The class's folder is the first below those that all images share; where they share all of them, the last one. */
function placesByClass(folders: readonly (readonly string[])[]): Place[] {
  const [first = []] = folders;
  let shared = first.length;
  for (const names of folders) {
    let same = 0;
    while (same < shared && names[same] === first[same]) same++;
    shared = same;
  }
  const all = folders.every((names) => names.length === shared);
  const at = all ? shared - 1 : shared;
  return folders.map((names) => ({ part: undefined, className: names[at] }));
}
