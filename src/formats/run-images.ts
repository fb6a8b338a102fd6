import { crc32 } from '../base/crc32.ts';
import type { Tensor, TensorFile } from './safetensors.ts';

/** One part of the images a run trains on: uint8 [count,H,W,3] and a label each. */
export interface ImagePart {
  readonly images: Uint8Array;
  readonly labels: Int32Array;
  readonly count: number;
}

/** The very images of a run: after subset, split and resizing. */
export interface RunImages {
  readonly name: string;
  readonly title: string;
  readonly checksum: string;
  readonly imageSize: number;
  readonly train: ImagePart;
  readonly test: ImagePart;
}

/** `images.safetensors`: what the PyTorch bundle reads. Images as they are, labels int32. */
export function imagesFile({ name, title, checksum, imageSize, train, test }: RunImages): TensorFile {
  const part = (key: string, { images, labels, count }: ImagePart): [string, Tensor][] => [
    [`${key}.images`, { shape: [count, imageSize, imageSize, 3], data: images }],
    [`${key}.labels`, { shape: [count], data: labels }],
  ];
  return {
    tensors: new Map([...part('train', train), ...part('test', test)]),
    metadata: { name, title, checksum },
  };
}

/** CRC-32 of a part's images and then of its labels as int32, 8 hex digits. */
export function fingerprintOf({ images, labels }: ImagePart): string {
  return crc32(new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength), crc32(images))
    .toString(16)
    .padStart(8, '0');
}
