import type { ImageSet } from './dataset.ts';
import type { ImageStore } from './image-store.ts';

/**
 * Checksum of sets in their order, 128 bits as 32 hex digits: the same data gives the same text wherever it came from,
 * on every machine. It tells data sets apart; it is no defence against forgery (for that, files are compared by their
 * official sums). Synchronous, about 1 GB/s. Sizes are part of it.
 */
export function checksumOf(sets: readonly ImageSet[]): string {
  const state = Uint32Array.of(0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667);
  for (const { images, labels } of sets) {
    absorbImages(state, images);
    absorb(state, labelBytes(labels));
  }
  return finish(state);
}

/** A byte a label where that is enough, else two, the lower first. */
function labelBytes(labels: Uint16Array): Uint8Array {
  if (labels.every((label) => label < 256)) return Uint8Array.from(labels);
  const bytes = new Uint8Array(2 * labels.length);
  labels.forEach((label, index) => {
    bytes[2 * index] = label;
    bytes[2 * index + 1] = label >> 8;
  });
  return bytes;
}

/** Images as one run of bytes, of which only a part is in memory at a time. */
function absorbImages(state: Uint32Array, images: ImageStore): void {
  const { count, stride } = images;
  state[0] = (state[0] as number) ^ (count * stride);
  // Sixteen images always fill whole words of all lanes.
  const group = 16 * Math.max(1, Math.floor((64 * 1024) / (16 * stride)));
  const buffer = new Uint8Array(group * stride);
  for (let first = 0; first < count; first += group) {
    const here = Math.min(group, count - first);
    for (let place = 0; place < here; place++) images.copy(first + place, buffer, place * stride);
    absorbWords(state, buffer.subarray(0, here * stride));
  }
}

function absorb(state: Uint32Array, bytes: Uint8Array): void {
  state[0] = (state[0] as number) ^ bytes.length;
  absorbWords(state, bytes);
}

/** Four interleaved multiply-rotate lanes over little-endian words, as xxHash32 has them. */
function absorbWords(state: Uint32Array, bytes: Uint8Array): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % 16);
  for (let at = 0; at < whole; at += 16) {
    a = mix(a, view.getUint32(at, true));
    b = mix(b, view.getUint32(at + 4, true));
    c = mix(c, view.getUint32(at + 8, true));
    d = mix(d, view.getUint32(at + 12, true));
  }
  for (let at = whole; at < bytes.length; at++) [a, b, c, d] = [b, c, d, mix(a, (bytes[at] as number) + 1)];
  state.set([a, b, c, d]);
}

function mix(lane: number, word: number): number {
  const sum = (lane + Math.imul(word, 0x85ebca77)) | 0;
  return Math.imul((sum << 13) | (sum >>> 19), 0x9e3779b1);
}

/** Lets every lane reach every other, then murmur3's avalanche. */
function finish(state: Uint32Array): string {
  for (let round = 0; round < 8; round++) {
    const lane = round % 4;
    let word = (state[lane] as number) ^ mix(state[(lane + 3) % 4] as number, round + 1);
    word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    state[lane] = word ^ (word >>> 16);
  }
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('');
}
