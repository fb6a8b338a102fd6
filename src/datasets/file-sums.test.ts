import { expect, it, vi } from 'vitest';
import { FileChecks } from './file-sums.ts';
import { type NamedFile, namedBytes } from './named-file.ts';
import { words } from './readers.fakes.ts';

const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const checksOf = (sum = abc) =>
  new FileChecks({
    'a.bin': { algorithm: 'SHA-256', sum },
    'b.bin': { algorithm: 'MD5', sum: '900150983cd24fb0d6963f7d28e17f72' },
  });

async function read(file: NamedFile): Promise<void> {
  const reader = file.stream().getReader();
  while (!(await reader.read()).done);
}

it('official files are told as such; names may be numbered by the browser', async () => {
  const checks = checksOf();
  await read(checks.watchFile(namedBytes('x/A (2).bin', words('abc'))));
  await read(checks.watchFile(namedBytes('b.bin', words('abc'))));
  expect(await checks.notes()).toEqual(['These are the official files (SHA-256 and MD5 compared).']);
});

it('other files are named with their sums, unknown ones without', async () => {
  const checks = checksOf('00');
  await read(checks.watchFile(namedBytes('a.bin', words('abc'))));
  await read(checks.watchFile(namedBytes('b.bin', words('abc'))));
  await read(checks.watchFile(namedBytes('c.bin', words('abc'))));
  expect(await checks.notes()).toEqual([
    'Not the official files: a.bin (SHA-256 ba7816bf8f01cfea...), c.bin (no checksum is known of it). Loaded all the same.',
  ]);
});

it("the sum is the same on pages without the platform's own", async () => {
  vi.stubGlobal('crypto', {});
  const checks = checksOf();
  await read(checks.watchFile(namedBytes('a.bin', words('abc'))));
  vi.unstubAllGlobals();
  expect(await checks.notes()).toEqual(['These are the official files (SHA-256 compared).']);
});

it('files that were not read to their end, or none, give no note', async () => {
  const checks = checksOf();
  checks.watchFile(namedBytes('a.bin', words('abc')));
  expect(await checks.notes()).toEqual([]);
});
