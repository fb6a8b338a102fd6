import { permutation, randomStream } from '../base/random.ts';
import { checksumOf } from './checksum.ts';
import type { Dataset, ImageSet } from './dataset.ts';
import { selectImages } from './image-store.ts';
import { thousands } from './thousands.ts';

/** How many images of a set to keep; a positive integer (the experiment's schema sees to it) or all of them. */
export type SubsetSize = number | 'all';

/**
 * A seeded random part of a data set that keeps the proportions of the classes (to within one image a class). Images are
 * shared, not copied; a size of at least the set's own keeps that set as it is, and if that holds for both, the same
 * object comes back. Validation and unlabelled images stay.
 * The images kept stay in their order. The checksum is that of the part.
 * @throws RangeError where a size is no positive integer: a bug of the caller.
 */
export function subset(dataset: Dataset, trainSize: SubsetSize, testSize: SubsetSize, seed: number): Dataset {
  const train = part(dataset.train, trainSize, seed, 'train');
  const test = part(dataset.test, testSize, seed, 'test');
  if (train === dataset.train && test === dataset.test) return dataset;
  const notes = [...dataset.notes];
  if (train !== dataset.train) notes.push(partNote('training', train, dataset.train));
  if (test !== dataset.test) notes.push(partNote('test', test, dataset.test));
  return { ...dataset, train, test, checksum: checksumOf(partsOf(dataset, train, test)), notes };
}

const partsOf = ({ validation }: Dataset, train: ImageSet, test: ImageSet): ImageSet[] =>
  validation === undefined ? [train, test] : [train, test, validation];

/**
 * Splits a validation part off the training part: seeded, classes in proportion, `share` (0 to 1) of its images, at
 * least one. A data set that has a validation part, or whose classes have one training image each, stays as it is.
 */
export function splitValidation(dataset: Dataset, share: number, seed: number): Dataset {
  const { train, test, notes } = dataset;
  if (dataset.validation !== undefined || share <= 0) return dataset;
  const { taken, rest } = split(
    train,
    Math.max(1, Math.round(share * train.count)),
    seed,
    `${dataset.name}/validation`,
  );
  if (taken.count === 0) return dataset;
  const note =
    `${thousands(taken.count)} of the ${thousands(train.count)} training images are kept for validation ` +
    '(a seeded random choice, classes in proportion).';
  return {
    ...dataset,
    train: rest,
    validation: taken,
    checksum: checksumOf([rest, test, taken]),
    notes: [...notes, note],
  };
}

/**
 * Splits images of one kind into a training and a test part, `share` of them for testing. Where every class has a single
 * image there is nothing to split off: then the same images train and test, which the note says.
 */
export function splitForTest(
  all: ImageSet,
  share: number,
  seed: number,
  name: string,
): { train: ImageSet; test: ImageSet; note: string } {
  const { taken, rest } = split(all, Math.max(1, Math.round(share * all.count)), seed, `${name}/test`);
  if (taken.count === 0) {
    const note =
      'No class has more than one image, so all of them train, and the same images are shown as the test part: its ' +
      'accuracy tells what was learned by heart, nothing else.';
    return { train: all, test: all, note };
  }
  const single = singleClasses(all.labels);
  const alone =
    single === 0
      ? ''
      : ` ${thousands(single)} ${single === 1 ? 'class has' : 'classes have'} a single image, which is in the training part.`;
  const note =
    `${thousands(taken.count)} of the ${thousands(all.count)} images, a seeded random choice with the classes in ` +
    `proportion, are kept for testing. Accuracies cannot be compared with published ones.${alone}`;
  return { train: rest, test: taken, note };
}

/** Splits a set in two, seeded and stratified: about `size` images, never the last of a class, and the rest. */
export function split(set: ImageSet, size: number, seed: number, name: string): { taken: ImageSet; rest: ImageSet } {
  const taken = stratified(set.labels, size, seed, name, 1);
  const inTaken = new Uint8Array(set.count);
  for (const index of taken) inTaken[index] = 1;
  const rest = Uint32Array.from(inTaken.keys()).filter((index) => inTaken[index] === 0);
  return { taken: pick(set, taken), rest: pick(set, rest) };
}

function part(set: ImageSet, size: SubsetSize, seed: number, name: string): ImageSet {
  if (size === 'all') return set;
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`subset: ${name} size ${size} is no positive integer`);
  return size >= set.count ? set : pick(set, stratified(set.labels, size, seed, name, 0));
}

/**
 * Which images to take, ascending: by class its share, the fractions left over going to the largest ones first. `keep`
 * images of every class are left; where that leaves too few, fewer are taken.
 */
function stratified(labels: Uint16Array, size: number, seed: number, name: string, keep: number): Uint32Array {
  const stream = randomStream(seed, `subset/${name}`);
  const members = new Map<number, number[]>();
  for (const index of permutation(labels.length, stream)) {
    const label = labels[index] as number;
    const group = members.get(label);
    if (group === undefined) members.set(label, [index]);
    else group.push(index);
  }
  // Ties of fractions are settled by the order in which the classes turned up, which is random too.
  const shares = [...members.values()].map((group) => {
    const share = (group.length * size) / labels.length;
    const most = group.length - keep;
    return { group, most, quota: Math.min(most, Math.floor(share)), fraction: share - Math.floor(share) };
  });
  let left = size - shares.reduce((sum, { quota }) => sum + quota, 0);
  for (const share of shares.toSorted((a, b) => b.fraction - a.fraction)) {
    if (left === 0) break;
    if (share.quota === share.most) continue;
    share.quota++;
    left--;
  }
  return Uint32Array.from(shares.flatMap(({ group, quota }) => group.slice(0, quota))).sort();
}

function singleClasses(labels: Uint16Array): number {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts.values()].filter((count) => count === 1).length;
}

const pick = (set: ImageSet, indices: Uint32Array): ImageSet => ({
  images: selectImages(set.images, indices),
  labels: Uint16Array.from(indices, (index) => set.labels[index] as number),
  count: indices.length,
});

const partNote = (what: string, kept: ImageSet, all: ImageSet): string =>
  `Only ${thousands(kept.count)} of the ${thousands(all.count)} ${what} images are used (a seeded random choice, classes in proportion).`;
