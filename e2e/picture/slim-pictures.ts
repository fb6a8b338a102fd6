import { readFileSync, writeFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { palettePng } from './palette-png.ts';

/** `tsx e2e/picture/slim-pictures.ts FILE...`: stores pictures that tests compare with in a third of the bytes. */
for (const file of process.argv.slice(2)) {
  const before = readFileSync(file);
  const { data, width, height } = PNG.sync.read(before);
  const after = palettePng(data, width, height);
  if (after.length >= before.length) continue;
  writeFileSync(file, after);
  console.log(`${file}: ${before.length} to ${after.length} bytes`);
}
