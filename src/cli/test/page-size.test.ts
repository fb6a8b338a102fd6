import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { initialBytes, initialScripts } from './page-size.ts';

const html = `<!doctype html><script type="module" crossorigin src="./assets/main.js"></script>
<link rel="modulepreload" crossorigin href="./assets/react.js"><link rel="stylesheet" href="./assets/main.css">
<link rel="prefetch" href="./assets/charts.js">`;

it('counts the scripts a page needs before it shows, gzipped, and nothing else', () => {
  expect(initialScripts(html)).toEqual(['./assets/main.js', './assets/react.js']);
  const folder = mkdtempSync(join(tmpdir(), 'page-size-'));
  try {
    writeFileSync(join(folder, 'index.html'), '<script src="./a.js"></script>');
    writeFileSync(join(folder, 'a.js'), 'x'.repeat(100_000));
    expect(initialBytes(folder)).toBeGreaterThan(20);
    expect(initialBytes(folder)).toBeLessThan(1000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
