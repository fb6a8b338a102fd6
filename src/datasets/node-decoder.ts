import { createCanvas, loadImage } from '@napi-rs/canvas';
import { fail, ok, type Result } from '../base/result.ts';
import type { DecodedImage, ImageDecoder } from './image-decoder.ts';
import { reasonOf } from './named-file.ts';

/** Decodes on Node with Skia, which Chromium uses too. For the command line and tests; no part of the page. */
export const nodeDecoder: ImageDecoder = {
  async decode(bytes: Uint8Array<ArrayBuffer>): Promise<Result<DecodedImage>> {
    try {
      const image = await loadImage(bytes);
      const { width, height } = image;
      if (width === 0 || height === 0) return fail('it cannot be decoded');
      const context = createCanvas(width, height).getContext('2d');
      context.fillStyle = 'white';
      context.fillRect(0, 0, width, height);
      context.drawImage(image, 0, 0);
      return ok({ width, height, rgba: context.getImageData(0, 0, width, height).data });
    } catch (error) {
      return fail(`it cannot be decoded (${reasonOf(error)})`);
    }
  },
};
