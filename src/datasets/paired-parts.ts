import { fail, ok, type Result } from '../base/result.ts';
import { imagesFrom, type LabelledImages, noImages } from './assemble.ts';
import { thousands } from './thousands.ts';

/** Images of one file, by their place in the store. */
interface ImageRange {
  readonly shown: string;
  readonly first: number;
  readonly count: number;
}

interface FileLabels {
  readonly shown: string;
  readonly labels: Uint16Array;
}

/** Parts whose images lie in one file and whose labels in another, in any order. */
export class PairedParts {
  readonly images = new Map<string, ImageRange>();
  private readonly labels = new Map<string, FileLabels>();

  addImages(part: string, range: ImageRange): void {
    this.images.set(part, range);
  }

  addLabels(part: string, labels: FileLabels): void {
    this.labels.set(part, labels);
  }

  /** Refuses a second file of the same images or labels; `entry` is the one to be added. */
  checkNew(part: string, what: 'images' | 'labels', shown: string): Result<void> {
    const before = this[what].get(part);
    if (before === undefined) return ok(undefined);
    return fail(
      `The ${what} of "${part}" were given twice: ${before.shown} and ${shown}. Leave one of them out.`,
      shown,
    );
  }

  /** The images of a part with their labels; none where neither was given. `fileOf` names the files of the part. */
  pair(part: string, fileOf: (what: 'images' | 'labels') => string): Result<LabelledImages> {
    const images = this.images.get(part);
    const labels = this.labels.get(part);
    if (images === undefined && labels === undefined) return ok(noImages);
    if (images === undefined || labels === undefined) {
      const missing = images === undefined ? 'images' : 'labels';
      const shown = images?.shown ?? labels?.shown ?? '';
      return fail(`${shown} needs its ${missing}: give ${fileOf(missing)} too.`, shown);
    }
    if (images.count === labels.labels.length) return ok(imagesFrom(images.first, labels.labels));
    return fail(
      `${images.shown} has ${thousands(images.count)} images and ${labels.shown} ${thousands(labels.labels.length)} labels. Download both again.`,
      labels.shown,
    );
  }
}
