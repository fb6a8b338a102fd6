import type { Result } from '../base/result.ts';

export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp';

/** A decoded image at its own size. */
export interface DecodedImage {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** uint8 [height, width, 4], RGBA, opaque: transparent places were composed over white. */
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

/**
 * Decodes photos: `browserDecoder` (page or worker) or `nodeDecoder`. The reader has looked at the header before, so that
 * no image of untold size is decoded, and resizes and crops itself, so that browser and Node give the same pixels.
 */
export interface ImageDecoder {
  /**
   * @param bytes the whole file without colour profile and orientation (`withoutMetadata`); not kept
   * @returns the image, or a failure whose message is a reason without a file name, to be put into a sentence
   */
  decode(bytes: Uint8Array<ArrayBuffer>, type: ImageType): Promise<Result<DecodedImage>>;
}
