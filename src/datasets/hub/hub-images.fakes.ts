import { createCanvas } from '@napi-rs/canvas';
import { parquetWriteBuffer } from 'hyparquet-writer';

/** The hub's schema of images: a struct of bytes and path, and a class of 64 bits. */
const schema = (image: string, label: string) => [
  { name: 'root', num_children: 2 },
  { name: image, num_children: 2, repetition_type: 'OPTIONAL' as const },
  { name: 'bytes', type: 'BYTE_ARRAY' as const, repetition_type: 'OPTIONAL' as const },
  {
    name: 'path',
    type: 'BYTE_ARRAY' as const,
    converted_type: 'UTF8' as const,
    repetition_type: 'OPTIONAL' as const,
  },
  { name: label, type: 'INT64' as const, repetition_type: 'OPTIONAL' as const },
];

export interface FakeImages {
  readonly rows: number;
  readonly rowGroupSize: number;
  readonly classNames: readonly string[];
  /** Class of a row. */
  readonly labelOf: (row: number) => number;
  /** Pixels of a side. */
  readonly size?: number;
  readonly columns?: readonly [image: string, label: string];
}

/** The colour that the image of a row has all over. */
export const colourOf = (row: number): readonly [number, number, number] => [row % 256, (row * 7) % 256, 40];

/** A Parquet file as the hub makes it: PNGs of one colour each, classes, and its note of the features. */
export function parquetOfImages({
  rows,
  rowGroupSize,
  classNames,
  labelOf,
  size = 32,
  columns,
}: FakeImages): Uint8Array {
  const [image, label] = columns ?? ['image', 'label'];
  const features = { [image]: { _type: 'Image' }, [label]: { names: classNames, _type: 'ClassLabel' } };
  const written = parquetWriteBuffer({
    columnData: [
      {
        name: image,
        data: Array.from({ length: rows }, (_, row) => ({ bytes: png(colourOf(row), size), path: `${row}.png` })),
      },
      { name: label, data: Array.from({ length: rows }, (_, row) => BigInt(labelOf(row))) },
    ],
    schema: schema(image, label),
    rowGroupSize,
    kvMetadata: [{ key: 'huggingface', value: JSON.stringify({ info: { features } }) }],
  });
  return new Uint8Array(written);
}

function png([red, green, blue]: readonly [number, number, number], size: number): Uint8Array {
  const canvas = createCanvas(size, size);
  const context = canvas.getContext('2d');
  context.fillStyle = `rgb(${red} ${green} ${blue})`;
  context.fillRect(0, 0, size, size);
  return new Uint8Array(canvas.toBuffer('image/png'));
}
