import type { ImageSet } from './dataset.ts';

/** All images of a set in one piece, for tests. */
export function imagesOf({ images, count }: ImageSet): Uint8Array {
  const bytes = new Uint8Array(count * images.stride);
  for (let index = 0; index < count; index++) images.copy(index, bytes, index * images.stride);
  return bytes;
}
