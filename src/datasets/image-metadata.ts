import type { ImageType } from './image-decoder.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * An image without its colour profile, orientation and comments, of which decoders make different things: the pixels are
 * then those in the file, as training code reads them (Pillow). Takes bytes that `readImageHeader` has passed.
 */
export function withoutMetadata(bytes: Bytes, type: ImageType): Bytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  switch (type) {
    case 'image/jpeg':
      return join(bytes, jpegParts(view));
    case 'image/png':
      return join(bytes, pngParts(view));
    case 'image/webp':
      return webpWithout(bytes, view);
  }
}

type Part = readonly [from: number, to: number];

/** All but the segments APP1 (Exif, XMP) and APP2 (colour profile). */
function jpegParts(view: DataView): Part[] {
  const parts: Part[] = [[0, 2]];
  for (let at = 2; ; ) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda) {
      parts.push([at, view.byteLength]);
      return parts;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (marker !== 0xe1 && marker !== 0xe2) parts.push([at, end]);
    at = end;
  }
}

/** The critical chunks, whose names begin with a capital, and transparency. */
function pngParts(view: DataView): Part[] {
  const parts: Part[] = [[0, 8]];
  for (let at = 8; at < view.byteLength; ) {
    const end = at + 12 + view.getUint32(at);
    const name = view.getUint32(at + 4);
    if ((name & 0x20000000) === 0 || name === chunk('tRNS')) parts.push([at, end]);
    at = end;
    if (name === chunk('IEND')) break;
  }
  return parts;
}

/** The extended form without colour profile, Exif and XMP, nor the flags that tell of them; the simple forms have none. */
function webpWithout(bytes: Bytes, view: DataView): Bytes {
  if (view.getUint32(12) !== chunk('VP8X')) return bytes;
  const end = Math.min(view.byteLength, 8 + view.getUint32(4, true));
  const parts: Part[] = [[0, 12]];
  for (let at = 12; at + 8 <= end; ) {
    const size = view.getUint32(at + 4, true);
    const next = Math.min(end, at + 8 + size + (size % 2));
    const name = view.getUint32(at);
    if (name !== chunk('ICCP') && name !== chunk('EXIF') && name !== chunk('XMP ')) parts.push([at, next]);
    at = next;
  }
  const kept = join(bytes, parts);
  kept[20] = (kept[20] as number) & ~0x2c;
  new DataView(kept.buffer).setUint32(4, kept.length - 8, true);
  return kept;
}

const chunk = (name: string): number => [...name].reduce((value, letter) => value * 256 + letter.charCodeAt(0), 0);

function join(bytes: Bytes, parts: readonly Part[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, [from, to]) => sum + to - from, 0));
  let at = 0;
  for (const [from, to] of parts) {
    joined.set(bytes.subarray(from, to), at);
    at += to - from;
  }
  return joined;
}
