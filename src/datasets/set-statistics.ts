import type { ImageSet } from './dataset.ts';
import type { ImageStore } from './image-store.ts';

/** Images of each class, [classes]. */
export function classCounts(set: ImageSet, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of set.labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** Of each channel, in units where a byte of 255 is 1. */
export interface ChannelStatistics {
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Images that were looked at. */
  readonly images: number;
}

/** Bytes of images that are looked at: more takes noticeable time and changes no digit that is shown. */
const most = 160 * 1024 * 1024;

/** Mean and standard deviation of each channel over all pixels; of large sets over images at even distances. */
export function channelStatistics(images: ImageStore): ChannelStatistics {
  const { count, stride } = images;
  const every = Math.max(1, Math.ceil((count * stride) / most));
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  const image = new Uint8Array(stride);
  let looked = 0;
  for (let index = 0; index < count; index += every) {
    images.copy(index, image, 0);
    looked++;
    // Whole numbers, far below 2^53: exact, in any order.
    let [r, g, b, rr, gg, bb] = [0, 0, 0, 0, 0, 0];
    for (let at = 0; at < stride; at += 3) {
      const [red, green, blue] = [image[at] as number, image[at + 1] as number, image[at + 2] as number];
      r += red;
      g += green;
      b += blue;
      rr += red * red;
      gg += green * green;
      bb += blue * blue;
    }
    [r, g, b].forEach((sum, channel) => {
      sums[channel] = (sums[channel] as number) + sum;
    });
    [rr, gg, bb].forEach((sum, channel) => {
      squares[channel] = (squares[channel] as number) + sum;
    });
  }
  const pixels = (looked * stride) / 3;
  const mean = sums.map((sum) => sum / pixels / 255);
  const std = squares.map((sum, channel) => {
    const centre = mean[channel] as number;
    return Math.sqrt(Math.max(0, sum / pixels / 255 ** 2 - centre * centre));
  });
  return { mean, std, images: looked };
}
