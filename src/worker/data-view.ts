import { drawCrops } from '../datasets/augmentation.ts';
import { augmentedImage } from '../datasets/augmented-image.ts';
import type { Dataset } from '../datasets/dataset.ts';
import type { ImageStore } from '../datasets/image-store.ts';
import { type ChannelStatistics, channelStatistics, classCounts } from '../datasets/set-statistics.ts';
import type { DataInfo, Look, Part, Pictures, SetView } from './data-protocol.ts';

/** Images shown at a time. */
const samplesShown = 40;

/** Training images whose augmentation is shown, and how many draws of each. */
const augmentedShown = 4;
const variants = 5;

/** What the page shows of a data set wherever it names it. */
export function describeData({ name, title, classNames, format, ...set }: Dataset): DataInfo {
  return {
    name,
    title,
    classNames,
    resolution: format.imageSize,
    trainCount: set.train.count,
    validationCount: set.validation?.count ?? 0,
    testCount: set.test.count,
    unlabelledCount: set.unlabelled?.count ?? 0,
    checksum: set.checksum,
    notes: set.notes,
    terms: set.terms,
  };
}

/** Looked at once for each set: it takes a fraction of a second. */
const statistics = new WeakMap<ImageStore, ChannelStatistics>();

/** What the data panel shows of a data set. A part that the set does not have is shown empty. */
export function viewData(dataset: Dataset, look: Look): SetView {
  const { train, validation, test, classNames, format, checksum } = dataset;
  const images = train.count > 0 ? train.images : (dataset.unlabelled ?? train.images);
  const known = statistics.get(images) ?? channelStatistics(images);
  statistics.set(images, known);
  const { mean, std, padding, pad, flip } = format;
  return {
    checksum,
    look,
    samples: samplesOf(dataset, look),
    balance: {
      train: classCounts(train, classNames.length),
      validation: validation && classCounts(validation, classNames.length),
      test: classCounts(test, classNames.length),
    },
    statistics: known,
    normalisation: { mean, std },
    augmented: { ...augmented(dataset, images, look.seed), variants },
    augmentation: { padding, pad, flip },
  };
}

function samplesOf(dataset: Dataset, { part, firstClass, classes }: Look): Pictures {
  const size = dataset.format.imageSize;
  if (part === 'unlabelled') {
    const store = dataset.unlabelled;
    const indices = store === undefined ? [] : evenly(store.count, samplesShown);
    return { images: gatherImages(store, indices), labels: indices.map(() => -1), size };
  }
  const set = setOf(dataset, part);
  if (set === undefined) return { images: new Uint8Array(0), labels: [], size };
  const last = Math.min(dataset.classNames.length, firstClass + classes);
  const each = Math.floor(samplesShown / Math.max(1, last - firstClass));
  const taken = new Map<number, number>();
  const chosen: number[] = [];
  for (let index = 0; index < set.count && chosen.length < samplesShown; index++) {
    const label = set.labels[index] as number;
    const before = taken.get(label) ?? 0;
    if (label < firstClass || label >= last || before >= each) continue;
    taken.set(label, before + 1);
    chosen.push(index);
  }
  return { images: gatherImages(set.images, chosen), labels: chosen.map((index) => set.labels[index] as number), size };
}

const setOf = (dataset: Dataset, part: Exclude<Part, 'unlabelled'>) => dataset[part];

function augmented(dataset: Dataset, store: ImageStore, seed: number): Pictures {
  const { format, train } = dataset;
  const size = format.imageSize;
  const indices = evenly(store.count, augmentedShown);
  const row = 1 + variants;
  const crops = drawCrops(seed, 0, indices.length * variants, format, true);
  const images = new Uint8Array(indices.length * row * store.stride);
  const image = new Uint8Array(store.stride);
  indices.forEach((index, place) => {
    store.copy(index, image, 0);
    images.set(image, place * row * store.stride);
    for (let variant = 0; variant < variants; variant++) {
      const at = 3 * (place * variants + variant);
      const crop = [crops[at] as number, crops[at + 1] as number, crops[at + 2] as number] as const;
      images.set(augmentedImage(image, format, crop), (place * row + 1 + variant) * store.stride);
    }
  });
  const labels = indices.flatMap((index) => new Array<number>(row).fill(train.labels[index] ?? -1));
  return { images, labels, size };
}

function gatherImages(store: ImageStore | undefined, indices: readonly number[]): Uint8Array {
  if (store === undefined) return new Uint8Array(0);
  const images = new Uint8Array(indices.length * store.stride);
  indices.forEach((index, place) => {
    store.copy(index, images, place * store.stride);
  });
  return images;
}

/** At most `most` of `count` indices, at even distances. */
const evenly = (count: number, most: number): number[] => {
  const shown = Math.min(count, most);
  return Array.from({ length: shown }, (_, place) => Math.floor((place * count) / shown));
};
