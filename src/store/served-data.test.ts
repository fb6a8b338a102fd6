import { describe, expect, it } from 'vitest';
import { fetchServedFiles } from './served-data.ts';

const base = 'http://localhost:1234/playground/';

describe('fetchServedFiles', () => {
  it('makes addresses whole, relative to the page', async () => {
    const listed = [{ name: 'test_batch.bin', url: 'data/test_batch.bin', size: 30730000 }, { name: 'broken' }];
    const files = await fetchServedFiles(async (url) => (url === `${base}data/index.json` ? listed : []), base);
    expect(files).toEqual([{ name: 'test_batch.bin', url: `${base}data/test_batch.bin`, size: 30730000 }]);
  });

  it('finds nothing where the server has nothing', async () => {
    expect(await fetchServedFiles(() => Promise.reject(new Error('404')), base)).toEqual([]);
    expect(await fetchServedFiles(async () => '<html>', base)).toEqual([]);
  });
});
