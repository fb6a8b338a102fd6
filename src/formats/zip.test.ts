import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { readZip, writeZip } from './zip.ts';

const limits = { bytes: 1_000_000 };
const text = (words: string) => new TextEncoder().encode(words);
const files = new Map([
  ['record.json', text('{"a":1}'.repeat(50))],
  ['deep/weights.safetensors', Uint8Array.from({ length: 300 }, (_, index) => index)],
]);

/** A zip with a field of its first directory entry replaced. */
function withField(zip: Uint8Array, offset: number, value: number, bytes: 2 | 4): Uint8Array {
  const changed = zip.slice();
  const view = new DataView(changed.buffer);
  let at = 0;
  while (view.getUint32(at, true) !== 0x02014b50) at++;
  if (bytes === 2) view.setUint16(at + offset, value, true);
  else view.setUint32(at + offset, value, true);
  return changed;
}

describe('zip', () => {
  test('reads what it wrote, and what others write; equal contents make equal files', () => {
    expect(expectOk(readZip(writeZip(files), 'a.zip', limits))).toEqual(files);
    expect(writeZip(files)).toEqual(writeZip(new Map(files)));
    const other = zipSync({ folder: { 'b.txt': text('hello') } }, { comment: 'with a comment' });
    expect(expectOk(readZip(other, 'b.zip', limits)).get('folder/b.txt')).toEqual(text('hello'));
  });

  const zip = writeZip(files);
  test.each([
    ['nothing', new Uint8Array(0), 'end is missing'],
    ['a cut-off zip', zip.subarray(0, zip.length - 30), 'end is missing'],
    ['a wrong checksum', withField(zip, 16, 1, 4), 'checksum'],
    ['a wrong size', withField(zip, 24, 12, 4), 'damaged'],
    ['a bomb by its claim', withField(zip, 24, 0xffff_0000, 4), 'larger than'],
    ['a claim beyond deflate', withField(zip, 24, 900_000, 4), 'claims more bytes'],
    ['encryption', withField(zip, 8, 1, 2), 'encrypted'],
    ['another method', withField(zip, 10, 12, 2), 'method (12)'],
    ['a place beyond the end', withField(zip, 42, 0x7fff_ffff, 4), 'damaged'],
    ['traversal', zipSync({ '../evil': text('x') }), 'leads out'],
    ['a path from the top', zipSync({ '/etc/evil': text('x') }), 'leads out'],
    ['a path of another system', zipSync({ 'C:\\evil': text('x') }), 'leads out'],
    ['more than the limit', zipSync({ a: new Uint8Array(2_000_000) }), 'larger than'],
  ])('refuses %s in words', (_, bytes, words) => {
    const read = readZip(bytes, 'a.zip', limits);
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.error.message).toContain(words);
  });
});
