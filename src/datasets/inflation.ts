import { thousands } from './thousands.ts';

/** Packed bytes and what they were inflated to, so far. */
export interface Inflation {
  packed: number;
  unpacked: number;
}

/** A decompression bomb, or damage that looks like one. The message goes on after the file's name. */
export class InflatesTooFar extends Error {}

/** Counts inflated bytes, and throws where they are more than images can be: those hardly shrink. */
export function inflate(inflation: Inflation, bytes: number): void {
  inflation.unpacked += bytes;
  if (inflation.unpacked > 64 * 1024 * 1024 + 20 * inflation.packed) {
    throw new InflatesTooFar(
      `inflates to more than ${thousands(inflation.unpacked)} bytes out of ${thousands(inflation.packed)}, as no images do. ` +
        'It is damaged or was made to fill the memory; download it again from its official source.',
    );
  }
}
