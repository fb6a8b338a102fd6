import type { Result } from '../base/result.ts';
import type { Dataset } from './dataset.ts';
import type { ImageDecoder } from './image-decoder.ts';
import type { DatasetName } from './image-formats.ts';
import type { OpenSink } from './image-store.ts';
import type { NamedFile } from './named-file.ts';
import type { Packing } from './packing.ts';

/** A file and what a first look at it told. */
export interface InspectedFile {
  readonly file: NamedFile;
  readonly packing: Packing;
  /** The file's own name, or of an archive the paths of its first entries. */
  readonly paths: readonly string[];
}

/** Pixels of a side, or the set's own size (`imageFormats`). */
export type Resolution = number | 'native';

/** Everything a reader needs beside files. */
export interface ReadContext {
  readonly decoder: ImageDecoder;
  /** Pixels of a side to bring images to, or 'native'. */
  readonly resolution: Resolution;
  readonly seed: number;
  readonly testShare: number;
  /** Images without labels that are kept at most. */
  readonly mostUnlabelled: number;
  readonly openSink: OpenSink;
}

/**
 * What a path says to a reader: images or labels to read ('part'), the same under a name that was changed, taken where
 * there is nothing better ('likeness'), a list that is read with them ('list'), a file that comes with the set and holds
 * nothing needed ('beside').
 */
export type Claim = 'part' | 'likeness' | 'list' | 'beside';

export interface SetIdentity {
  readonly set: DatasetName;
  /** For people. */
  readonly title: string;
}

/** Reads one set, or one kind of set. */
export interface SetReader {
  /** Which set files claimed by this reader are of, as far as a first look tells. */
  identify(files: readonly InspectedFile[]): SetIdentity;
  /** What a path is to this reader, whether of a loose file or in an archive; undefined where it is not of this set. */
  claim(path: string): Claim | undefined;
  /** What the set would have beside these files, a sentence each. */
  missing(files: readonly InspectedFile[]): readonly string[];
  /** See `readSet`. */
  read(files: readonly InspectedFile[], context: ReadContext): Promise<Result<Dataset>>;
}
