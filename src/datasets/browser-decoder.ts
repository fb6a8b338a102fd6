import { fail, ok, type Result } from '../base/result.ts';
import type { DecodedImage, ImageDecoder, ImageType } from './image-decoder.ts';
import { reasonOf } from './named-file.ts';

/** Decodes with the browser's own codecs, off the thread, in a page or a worker. */
export const browserDecoder: ImageDecoder = {
  async decode(bytes: Uint8Array<ArrayBuffer>, type: ImageType): Promise<Result<DecodedImage>> {
    let bitmap: ImageBitmap | undefined;
    try {
      const blob = new Blob([bytes], { type });
      bitmap = await createImageBitmap(blob, { colorSpaceConversion: 'none' });
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      if (context === null) return fail('this browser has no canvas to decode it on');
      context.fillStyle = 'white';
      context.fillRect(0, 0, width, height);
      context.drawImage(bitmap, 0, 0);
      return ok({ width, height, rgba: context.getImageData(0, 0, width, height).data });
    } catch (error) {
      return fail(`it cannot be decoded (${reasonOf(error)})`);
    } finally {
      bitmap?.close();
    }
  },
};
