import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { namedBytes } from '../named-file.ts';
import { nodeDecoder } from '../node-decoder.ts';
import { readSet } from '../read-set.ts';
import { parquetOfImages } from './hub-images.fakes.ts';

const classNames = ['ant', 'bee'];
const parquet = parquetOfImages({ rows: 30, rowGroupSize: 10, classNames, labelOf: (row) => row % 2 });
const options = { decoder: nodeDecoder, resolution: 32 } as const;

test('reads files that were downloaded by hand, parts by their names', async () => {
  const files = ['data/train-00000-of-00001.parquet', 'data/test-00000-of-00001.parquet'];
  const set = expectOk(
    await readSet(
      files.map((name) => namedBytes(name, parquet)),
      options,
    ),
  );
  expect(set).toMatchObject({ name: 'own', classNames, train: { count: 30 }, test: { count: 30 } });
});

test('splits a test part off where there is one file', async () => {
  const set = expectOk(await readSet([namedBytes('0000.parquet', parquet)], options));
  expect([set.train.count, set.test.count]).toEqual([25, 5]);
});

test.each([0.3, 0.9, 0.999])('refuses a file cut off at %f of it, in words', async (share) => {
  const cut = parquet.slice(0, Math.floor(share * parquet.length));
  const read = await readSet([namedBytes('0000.parquet', cut)], options);
  expect(read.ok ? '' : read.error.message).toMatch(/0000\.parquet.*(cannot be read|damaged)/);
});
