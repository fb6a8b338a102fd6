import { fail, ok, type Result } from '../base/result.ts';
import type { ImageType } from './image-decoder.ts';
import { thousands } from './thousands.ts';

export interface ImageHeader {
  readonly type: ImageType;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** The longest side, and the most pixels, of an image that is decoded: 40 million take 160 MB. */
export const longestSide = 12_000;
export const mostPixels = 40_000_000;

/**
 * Reads type and size of a JPEG, PNG or WebP from its bytes and refuses, before anything is decoded, what no photo of a
 * data set is: other formats, animations, images without pixels, too large or cut off. The message is a reason without a
 * file name ("it ends before its end, at byte 1,024"), to be put into a sentence.
 */
export function readImageHeader(bytes: Uint8Array): Result<ImageHeader> {
  const header = readHeader(bytes);
  if (!header.ok) return header;
  const { width, height } = header.value;
  if (width === 0 || height === 0) return fail('it has no pixels');
  if (width > longestSide || height > longestSide || width * height > mostPixels) {
    return fail(
      `it has ${thousands(width)} x ${thousands(height)} pixels; more than ${thousands(longestSide)} a side or ` +
        `${thousands(mostPixels)} in all are not read`,
    );
  }
  return header;
}

function readHeader(bytes: Uint8Array): Result<ImageHeader> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpeg(view);
    if (bytes.length >= 8 && view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a) return readPng(view);
    if (text(view, 0, 4) === 'RIFF' && text(view, 8, 4) === 'WEBP') return readWebp(view);
  } catch (error) {
    // A read behind the end.
    if (error instanceof RangeError) return cutOff(view);
    throw error;
  }
  return fail('it is no JPEG, PNG or WebP image, whatever its name says');
}

const cutOff = (view: DataView) =>
  fail(`it is cut off: it ends at byte ${thousands(view.byteLength)}, within the image`);

/** Segments from marker to marker up to the picture's data; its end mark must follow (ITU T.81, annex B). */
function readJpeg(view: DataView): Result<ImageHeader> {
  let size: { width: number; height: number } | undefined;
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff)
      return fail(`it is damaged at byte ${thousands(at)}, where a JPEG marker should be`);
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xd9) return fail(`it ends at byte ${thousands(at)} without a picture`);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
    if (marker !== 0xda) continue;
    if (size === undefined) return fail('it has a picture of no size');
    return hasEndMark(view, at) ? ok({ type: 'image/jpeg', ...size }) : cutOff(view);
  }
}

function hasEndMark(view: DataView, from: number): boolean {
  for (let at = view.byteLength - 2; at >= from; at--) {
    if (view.getUint16(at) === 0xffd9) return true;
  }
  return false;
}

/** Chunks to the end (PNG specification, 5 and 11); acTL marks an animation. */
function readPng(view: DataView): Result<ImageHeader> {
  if (text(view, 12, 4) !== 'IHDR') return fail('it is damaged: a PNG without its header at byte 8');
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  for (let at = 8; ; ) {
    const name = text(view, at + 4, 4);
    if (name === 'acTL') return animated;
    at += 12 + view.getUint32(at);
    if (at > view.byteLength) return cutOff(view);
    if (name === 'IEND') return ok({ type: 'image/png', ...size });
  }
}

/** A RIFF of chunks: VP8X (extended, with a flag for animations), VP8L (lossless) or VP8 (RFC 9649). */
function readWebp(view: DataView): Result<ImageHeader> {
  if (8 + view.getUint32(4, true) > view.byteLength) return cutOff(view);
  switch (text(view, 12, 4)) {
    case 'VP8X': {
      if ((view.getUint8(20) & 2) !== 0) return animated;
      const plusOne = (at: number) => 1 + view.getUint16(at, true) + 65_536 * view.getUint8(at + 2);
      return ok({ type: 'image/webp', width: plusOne(24), height: plusOne(27) });
    }
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return ok({ type: 'image/webp', width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) });
    }
    case 'VP8 ':
      return ok({
        type: 'image/webp',
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      });
    default:
      return fail('it is damaged: a WebP without a picture at byte 12');
  }
}

const animated = fail('it is an animation; give single images');

function text(view: DataView, at: number, length: number): string {
  if (at + length > view.byteLength) throw new RangeError('behind the end');
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length));
}
