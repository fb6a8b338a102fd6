import { permutation, randomStream } from '../base/random.ts';
import { checksumOf } from './checksum.ts';
import { type Dataset, type ImageSet, thousands } from './dataset.ts';

/** How many images of a set to keep; a positive integer (the experiment's schema sees to it) or all of them. */
export type SubsetSize = number | 'all';

/**
 * A seeded random part of a data set that keeps the proportions of the classes (to within one image a class). A size
 * of at least the set's own keeps that set as it is, memory shared; if that holds for both, the same object comes back.
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
  return { ...dataset, train, test, checksum: checksumOf(train, test), notes };
}

/** Splits a set in two, seeded and stratified: `size` images and the rest, both in their old order. */
export function split(set: ImageSet, size: number, seed: number, name: string): { taken: ImageSet; rest: ImageSet } {
  const taken = stratified(set.labels, size, seed, name);
  const inTaken = new Uint8Array(set.count);
  for (const index of taken) inTaken[index] = 1;
  const rest = Uint32Array.from(inTaken.keys()).filter((index) => inTaken[index] === 0);
  return { taken: pick(set, taken), rest: pick(set, rest) };
}

function part(set: ImageSet, size: SubsetSize, seed: number, name: string): ImageSet {
  if (size === 'all') return set;
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`subset: ${name} size ${size} is no positive integer`);
  return size >= set.count ? set : pick(set, stratified(set.labels, size, seed, name));
}

/** Which images to take, ascending: by class its share, the fractions left over going to the largest ones first. */
function stratified(labels: Uint8Array, size: number, seed: number, name: string): Uint32Array {
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
    return { group, quota: Math.floor(share), fraction: share - Math.floor(share) };
  });
  let left = size - shares.reduce((sum, { quota }) => sum + quota, 0);
  for (const share of shares.toSorted((a, b) => b.fraction - a.fraction)) {
    if (left === 0) break;
    share.quota++;
    left--;
  }
  return Uint32Array.from(shares.flatMap(({ group, quota }) => group.slice(0, quota))).sort();
}

function pick(set: ImageSet, indices: Uint32Array): ImageSet {
  const stride = set.images.length / set.count;
  const images = new Uint8Array(indices.length * stride);
  indices.forEach((index, row) => {
    images.set(set.images.subarray(index * stride, (index + 1) * stride), row * stride);
  });
  return { images, labels: Uint8Array.from(indices, (index) => set.labels[index] as number), count: indices.length };
}

const partNote = (what: string, kept: ImageSet, all: ImageSet): string =>
  `Only ${thousands(kept.count)} of the ${thousands(all.count)} ${what} images are used (a seeded random choice, classes in proportion).`;
