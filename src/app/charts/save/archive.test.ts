import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import type { ArchiveFile } from './all-files.ts';
import { zipped } from './archive.ts';

const text = (path: string, contents: string): ArchiveFile => ({
  path,
  ending: 'csv',
  content: async () => new Blob([contents]),
});

it('an archive holds its files one after another, without those that cannot be made', async () => {
  const long = Array.from({ length: 200_000 }, (_, row) => `${row},${Math.sin(row)}\n`).join('');
  const picture = Uint8Array.from({ length: 1000 }, (_, index) => (index * 37) % 256);
  const made = await zipped([
    text('a/long.csv', long),
    { path: 'charts/a.png', ending: 'png', content: async () => new Blob([picture]) },
    { path: 'charts/b.png', ending: 'png', content: async () => undefined },
    text('empty.csv', ''),
  ]);
  const files = unzipSync(new Uint8Array(await made.arrayBuffer()));
  expect(Object.keys(files)).toEqual(['a/long.csv', 'charts/a.png', 'empty.csv']);
  expect(new TextDecoder().decode(files['a/long.csv'])).toBe(long);
  expect(files['charts/a.png']).toEqual(picture);
  expect(files['empty.csv']).toHaveLength(0);
  expect(made.size).toBeLessThan(long.length / 2);
});

it('a file that fails to be made fails the archive', async () => {
  const failing = { ...text('a.csv', ''), content: () => Promise.reject(new Error('no room')) };
  await expect(zipped([failing])).rejects.toThrow('no room');
});
