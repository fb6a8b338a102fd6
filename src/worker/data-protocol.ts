import type { Experiment } from '../experiment/experiment.ts';

/** Types only: the part of the protocol that is about images. */

/** A file of this device, with the folders it was found in where they matter (`train/cat/1.png`). */
export interface GivenFile {
  readonly path: string;
  readonly file: File;
}

/** A file that the development server hands out (`npm start -- --data DIR`), by address. */
export interface ServedFile {
  /** With its folders. */
  readonly name: string;
  readonly url: string;
  /** Bytes. */
  readonly size: number;
}

/** Where images come from. */
export type DataSource =
  | { readonly kind: 'files'; readonly files: readonly GivenFile[] }
  | { readonly kind: 'served'; readonly files: readonly ServedFile[] }
  /** Parquet files of a repository on a hub. */
  | { readonly kind: 'hub'; readonly choice: HubChoice }
  /** A set that was kept on this device when it was first read. */
  | { readonly kind: 'stored'; readonly id: string };

/** What is to be fetched from a hub. */
export interface HubChoice {
  /** Of the hub, without a slash at the end. */
  readonly address: string;
  /** Owner and name. */
  readonly repository: string;
  /** The only one, or the first, where it is not named. */
  readonly configuration: string | undefined;
  /** Images that are wanted at least. */
  readonly train: number | 'all';
  readonly test: number | 'all';
  readonly seed: number;
}

/** What fetching a choice would cost. */
export interface HubOffer {
  readonly choice: HubChoice;
  readonly bytes: number;
  /** Images that will be there of those that the set has; undefined where the hub hands out whole files only. */
  readonly images: Readonly<Record<'train' | 'test', { readonly fetched: number; readonly all: number }>> | undefined;
}

/** A set kept on this device. */
export interface StoredSetInfo {
  readonly id: string;
  readonly name: Experiment['data'];
  readonly title: string;
  readonly source: string;
  readonly resolution: number;
  readonly trainCount: number;
  readonly testCount: number;
  /** On this device. */
  readonly bytes: number;
}

/** The sets kept on this device, and why the last one read is not among them. */
export interface StoredSets {
  readonly sets: readonly StoredSetInfo[];
  readonly problem: string | undefined;
}

export type DataRequest =
  /**
   * Reads a set; which one is found out. Where it is the experiment's, it is read at the experiment's resolution, else at its own.
   * One is read at a time.
   */
  | {
      readonly kind: 'loadData';
      readonly source: DataSource;
      readonly experiment: Experiment;
      /** Bytes of decoded images that may be in memory; larger sets are read from files of this device. */
      readonly memoryLimit: number;
    }
  /** Finds out what a choice would cost; nothing but lists and footers is fetched. */
  | { readonly kind: 'planHub'; readonly choice: HubChoice }
  | { readonly kind: 'listSets' }
  | { readonly kind: 'deleteSet'; readonly set: string }
  /** Ends the reading under way; what was loaded before stays. */
  | { readonly kind: 'cancelData' }
  /** Images of a set to look at, the set given by its checksum. */
  | { readonly kind: 'viewData'; readonly set: string; readonly look: Look };

export type Part = 'train' | 'validation' | 'test' | 'unlabelled';

/** Which images to look at. */
export interface Look {
  readonly part: Part;
  /** Which classes: so many from this one on. Images without labels are shown whatever these say. */
  readonly firstClass: number;
  readonly classes: number;
  /** Fixes the crops and flips shown. */
  readonly seed: number;
}

export interface DataInfo {
  /** Of the experiment's field `data`. */
  readonly name: Experiment['data'];
  readonly title: string;
  readonly classNames: readonly string[];
  /** Pixels of a side, as they were read. */
  readonly resolution: number;
  readonly trainCount: number;
  readonly validationCount: number;
  readonly testCount: number;
  /** Images without labels: to look at. */
  readonly unlabelledCount: number;
  readonly checksum: string;
  /** Things to tell the user: an unknown checksum, a part that had to be split. */
  readonly notes: readonly string[];
  /** Source, terms of use and what to cite. */
  readonly terms: string;
}

/** Images, uint8 RGB [labels, size, size, 3]. */
export interface Pictures {
  readonly images: Uint8Array;
  /** Of each; -1 where it has none. */
  readonly labels: readonly number[];
  readonly size: number;
}

export interface SetView {
  /** Of the set it is a view of. */
  readonly checksum: string;
  readonly look: Look;
  /** A few images of each of the classes shown. */
  readonly samples: Pictures;
  /** Images of each class, by part; undefined where there is no such part. */
  readonly balance: Readonly<Record<'train' | 'validation' | 'test', readonly number[] | undefined>>;
  /** Of the training part's channels, in units where a byte of 255 is 1, from `images` images. */
  readonly statistics: { readonly mean: readonly number[]; readonly std: readonly number[]; readonly images: number };
  /** With which the images are normalised. */
  readonly normalisation: { readonly mean: readonly number[]; readonly std: readonly number[] };
  /** Training images as steps see them: each first as it is, then `variants` times cropped and flipped. */
  readonly augmented: Pictures & { readonly variants: number };
  /** How. */
  readonly augmentation: { readonly padding: 'reflect' | 'zero'; readonly pad: number; readonly flip: boolean };
}
