import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { answer, listServedFiles } from './served-data.ts';

/** A folder to serve, with a secret beside it, a folder and a link out of it inside. */
function dataFolder(): string {
  const outer = temporaryFolder();
  const folder = join(outer, 'data');
  mkdirSync(join(folder, 'inner'), { recursive: true });
  writeFileSync(join(outer, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'inner', 'deep.bin'), 'deep');
  writeFileSync(join(folder, 'a b (1)%.bin'), 'numbers');
  writeFileSync(join(folder, 'empty.bin'), '');
  symlinkSync(join(outer, 'secret.txt'), join(folder, 'link.bin'));
  symlinkSync(join(outer, 'nothing'), join(folder, 'dangling.bin'));
  return folder;
}

/** Serves a folder as Vite's `use('/data')` would; asks it by a raw path, which fetch would clean up. */
async function serve(
  folder: string,
): Promise<(path: string, method?: string) => Promise<{ status: number; text: string; length: string }>> {
  const server = createServer((incoming, response) => answer(folder, incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return (path, method = 'GET') =>
    new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, method, agent: false }, (response) => {
        let text = '';
        response.on('data', (piece) => {
          text += piece;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text, length: response.headers['content-length'] ?? '' }),
        );
      });
      asked.on('error', reject);
      asked.end();
    });
}

test('lists the files of a folder and of the folders in it', () => {
  expect(expectOk(listServedFiles(dataFolder()))).toEqual([
    { name: 'a b (1)%.bin', size: 7, url: 'data/a%20b%20(1)%25.bin' },
    { name: 'empty.bin', size: 0, url: 'data/empty.bin' },
    { name: 'inner/deep.bin', size: 4, url: 'data/inner/deep.bin' },
  ]);
});

test('says what is wrong with a folder', () => {
  const folder = dataFolder();
  const missing = listServedFiles(join(folder, 'none'));
  expect(missing.ok ? '' : missing.error.message).toContain('there is no such file or folder');
  const file = listServedFiles(join(folder, 'empty.bin'));
  expect(file.ok ? '' : file.error.message).toContain('is a file');
});

test('hands out the list and the files', async () => {
  const ask = await serve(dataFolder());
  const list = await ask('/index.json');
  expect(JSON.parse(list.text)).toHaveLength(3);
  const { url } = JSON.parse(list.text)[0] as { url: string };
  expect(await ask(url.replace(/^data/, ''))).toEqual({ status: 200, text: 'numbers', length: '7' });
  expect(await ask('/inner/deep.bin')).toEqual({ status: 200, text: 'deep', length: '4' });
  expect(await ask('/empty.bin?again')).toEqual({ status: 200, text: '', length: '0' });
  expect(await ask('/a%20b%20(1)%25.bin', 'HEAD')).toEqual({ status: 200, text: '', length: '7' });
});

test('hands out nothing else, and changes nothing', async () => {
  const ask = await serve(dataFolder());
  for (const path of [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/link.bin',
    '/inner/../../secret.txt',
    '/inner',
    '/',
    '/%E0%A4%A',
  ]) {
    const { status, text } = await ask(path);
    expect([path, status]).toEqual([path, 404]);
    expect(text).not.toContain('secret');
  }
  expect((await ask('/empty.bin', 'PUT')).status).toBe(405);
  expect((await ask('/empty.bin', 'DELETE')).status).toBe(405);
});
