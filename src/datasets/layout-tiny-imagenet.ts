import { fail, ok, type Result } from '../base/result.ts';
import { byText, type PhotoLayout, type Photos, type Placed, textNamed, wordsOf } from './photo-layout.ts';
import { imagesInWords } from './thousands.ts';

/**
 * Tiny-ImageNet's own arrangement: train/<id>/images/..., and val/images/... whose classes are listed in
 * val_annotations.txt (file, id, box). Labels are the places of the ids in sorted order. Undefined where the photos are
 * arranged in another way.
 */
export function layOutTinyImageNet(photos: Photos): Result<PhotoLayout> | undefined {
  const annotations = textNamed(photos, 'val_annotations.txt');
  const trained = photos.paths.map((path) => /(?:^|\/)train\/(n\d{8})\/images\/[^/]+$/.exec(path)?.[1]);
  const ids =
    textNamed(photos, 'wnids.txt')
      ?.text.split(/\s+/)
      .filter((id) => id !== '') ?? [];
  if (annotations === undefined && (ids.length === 0 || trained.every((id) => id === undefined))) return undefined;
  const listed = new Map<string, string>();
  for (const line of annotations?.text.split(/\r?\n/) ?? []) {
    const [file, id] = line.split('\t');
    if (file !== undefined && id !== undefined) listed.set(file, id);
  }
  const classes = [...new Set([...ids, ...trained.flatMap((id) => id ?? []), ...listed.values()])].sort(byText);
  const labels = new Map(classes.map((id, label) => [id, label]));
  const train: Placed[] = [];
  const validation: Placed[] = [];
  let unlabelled = 0;
  for (const [index, path] of photos.paths.entries()) {
    const inTrain = trained[index];
    const inVal = /(?:^|\/)val\/(?:(n\d{8})\/)?(?:images\/)?([^/]+)$/.exec(path);
    const id = inTrain ?? inVal?.[1] ?? (inVal === null ? undefined : listed.get(inVal[2] as string));
    if (id !== undefined) (inTrain === undefined ? validation : train).push({ index, label: labels.get(id) as number });
    else if (inVal !== null) {
      const where = annotations?.path ?? path;
      return fail(`${where} does not say which class ${path} is of. Unpack or download the archive again.`, where);
    } else unlabelled++;
  }
  const words = wordsOf(photos);
  const notes = [
    ...(classes.length === 200 ? [] : [`A part of Tiny-ImageNet: ${classes.length} of its 200 classes.`]),
    ...(unlabelled === 0 ? [] : [`Left out: ${imagesInWords(unlabelled)} without a class.`]),
  ];
  return ok({
    name: 'tiny-imagenet',
    classNames: classes.map((id) => words.get(id) ?? id),
    train,
    validation,
    test: [],
    notes,
  });
}
