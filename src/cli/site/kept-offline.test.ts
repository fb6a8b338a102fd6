import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { siteFiles } from './kept-offline.ts';

it('lists every file of a site but its service worker; those without a checksum in their name get one', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'assets'));
  for (const name of ['sw.js', 'index.html', 'assets/main-1a2b.js', 'icon.svg'])
    writeFileSync(join(folder, name), `contents of ${name}`);
  const before = siteFiles(folder);
  expect(before).toEqual([
    { url: 'assets/main-1a2b.js', revision: null },
    { url: 'icon.svg', revision: expect.stringMatching(/^[0-9a-f]{16}$/) },
    { url: 'index.html', revision: expect.stringMatching(/^[0-9a-f]{16}$/) },
  ]);
  writeFileSync(join(folder, 'index.html'), 'changed');
  const after = siteFiles(folder);
  expect(after.map(({ revision }, index) => revision === before[index]?.revision)).toEqual([true, true, false]);
});
