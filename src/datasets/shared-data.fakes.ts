import { existsSync, openAsBlob } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type NamedFile, namedBlob } from './named-file.ts';

/** Real images for tests, beside the repository; their README says where each file is from. */
export const sharedFolder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
export const sharedPresent = existsSync(`${sharedFolder}README.md`);

export const sharedFiles = (names: readonly string[]): Promise<NamedFile[]> =>
  Promise.all(names.map(async (name) => namedBlob(name, await openAsBlob(sharedFolder + name))));

/**
 * What the files hold, as their README states it, and checksums of the pixels and labels that are read from them
 * (checksum.ts), as both decoders give them.
 */
export interface SharedSet {
  readonly files: readonly string[];
  readonly set: string;
  readonly size: number;
  readonly classes: number;
  /** Images: training, test, without labels. */
  readonly counts: readonly [number, number, number];
  /** Labels of the first training and the first test images. */
  readonly labels: readonly [readonly number[], readonly number[]];
  readonly checksum: string;
  /** All bytes of all labelled images added up; those of the binary sets as NumPy and SciPy add them. */
  readonly sum: number;
  /** Part of a note that must be there. */
  readonly note: string;
}

export const sharedSets: readonly SharedSet[] = [
  {
    files: [
      'cifar-10/data_batch_1.bin',
      'cifar-10/data_batch_2.bin',
      'cifar-10/data_batch_3.bin',
      'cifar-10/data_batch_4.bin',
      'cifar-10/data_batch_5.bin',
      'cifar-10/test_batch.bin',
      'cifar-10/batches.meta.txt',
    ],
    set: 'cifar-10',
    size: 32,
    classes: 10,
    counts: [50_000, 10_000, 0],
    labels: [
      [6, 9, 9, 4, 1, 1, 2, 7, 8, 3],
      [3, 8, 8, 0, 6, 6, 1, 6, 3, 1],
    ],
    checksum: '4e60a66caceed6521229e349a90a78e7',
    sum: 22_274_050_490,
    note: 'Not the official files: cifar-10/data_batch_1.bin (SHA-256 0def081c410489f9...)',
  },
  {
    files: ['svhn/svhn-mini_train_32x32.mat', 'svhn/svhn-mini_test_32x32.mat'],
    set: 'svhn',
    size: 32,
    classes: 10,
    counts: [801, 149, 0],
    labels: [
      [1, 9, 2, 3, 2, 5, 9, 3, 3, 1],
      [3, 8, 9, 6, 3, 1, 5, 5, 1, 4],
    ],
    checksum: 'e00b9ec7af1b5fedd4b7463d0c2fc9bb',
    sum: 345_700_229,
    note: 'no checksum is known of it',
  },
  {
    files: ['stl10/test_X.bin', 'stl10/test_y.bin', 'stl10/unlabeled_X.bin', 'stl10/class_names.txt'],
    set: 'stl-10',
    size: 96,
    classes: 10,
    counts: [53, 11, 246],
    labels: [
      [6, 7, 5, 0, 3, 1, 1, 4, 4, 0],
      [1, 0, 6, 2, 3, 5, 1, 4, 0, 9],
    ],
    checksum: '9b775ddde11bcb3374c445ecce68bcf9',
    sum: 198_950_078,
    note: '1 class has a single image, which is in the training part.',
  },
  {
    files: ['tiny-imagenet/tiny-imagenet-200-part.zip'],
    set: 'tiny-imagenet',
    size: 64,
    classes: 30,
    counts: [15_000, 750, 0],
    labels: [
      [0, 0, 0, 0],
      [29, 17, 10, 5, 25, 28],
    ],
    checksum: '47d143aaa3cca1f26df1d0a2b3f2589f',
    sum: 21_509_227_328,
    note: '30 of its 200 classes',
  },
  {
    files: ['imagenet-sample/imagenet-sample-100.zip'],
    set: 'imagenet',
    size: 224,
    classes: 1_000,
    counts: [100, 100, 0],
    labels: [
      [0, 10, 20, 30],
      [0, 10, 20, 30],
    ],
    checksum: '2c0ca0d0f1789f402012680122e78eb6',
    sum: 1_713_835_524,
    note: 'No class has more than one image',
  },
];
