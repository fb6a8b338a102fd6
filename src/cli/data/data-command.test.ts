import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { keptOutput } from '../command.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { dataCommand } from './data-command.ts';
import { download } from './download.ts';

const content = Buffer.from(Uint8Array.from({ length: 400_000 }, (_, index) => (index * 13 + (index >> 9)) % 256));

/** A server of one file; `drops` are bytes after which an answer breaks off, one entry each. */
async function serve({ ranges = true, drops = [] as number[], status = 200 } = {}) {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const { range } = request.headers;
    asked.push(range);
    if (status !== 200) return response.writeHead(status).end();
    const first = ranges ? Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0) : 0;
    if (first >= content.length) return response.writeHead(416).end();
    const ranged = ranges && range !== undefined;
    response.writeHead(ranged ? 206 : 200, {
      'Content-Length': content.length - first,
      ...(ranged ? { 'Content-Range': `bytes ${first}-${content.length - 1}/${content.length}` } : {}),
    });
    const drop = drops.shift();
    if (drop === undefined) return response.end(content.subarray(first));
    response.write(content.subarray(first, first + drop), () => setTimeout(() => response.destroy(), 200));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`, asked };
}

async function run(...argv: string[]) {
  const output = keptOutput();
  const code = await dataCommand(argv, output);
  return { code, line: output.lines.join('\n'), notes: output.notes.join('\n') };
}

describe('download', () => {
  const options = { onBytes: () => {}, pause: 1 };

  test('goes on where a connection broke off', async () => {
    const { url, asked } = await serve({ drops: [100_000, 50_000] });
    const path = join(temporaryFolder(), 'file.part');
    expect(await download(url, path, options)).toEqual({ ok: true, value: undefined });
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(asked[0]).toBeUndefined();
    // On a busy machine a connection may break before anything arrived; the last request goes on in any case.
    expect(asked.at(-1)).toMatch(/^bytes=[1-9]\d*-$/);
  });

  test('goes on from an earlier attempt, and knows a file that is whole', async () => {
    const { url, asked } = await serve();
    const path = join(temporaryFolder(), 'file.part');
    writeFileSync(path, content.subarray(0, 300_000));
    expect((await download(url, path, options)).ok).toBe(true);
    expect((await download(url, path, options)).ok).toBe(true);
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(asked).toEqual(['bytes=300000-', 'bytes=400000-']);
  });

  test('begins anew where the server has no ranges', async () => {
    const { url } = await serve({ ranges: false, drops: [100_000] });
    const path = join(temporaryFolder(), 'file.part');
    expect((await download(url, path, options)).ok).toBe(true);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  test.each([
    [404, 1],
    [503, 5],
  ])('says that status %i is no file, after %i requests', async (status, requests) => {
    const { url, asked } = await serve({ status });
    const done = await download(url, join(temporaryFolder(), 'file.part'), options);
    expect(done.ok ? '' : done.error.message).toContain(`status ${status}`);
    expect(asked).toHaveLength(requests);
  });

  test('says at once that nobody answers', async () => {
    const done = await download('http://127.0.0.1:9/file', join(temporaryFolder(), 'file.part'), options);
    expect(done.ok ? '' : done.error.message).toMatch(/could not be reached \(.*online.*--from FILE/);
  });
});

describe('data', () => {
  test('takes files from given addresses and files, and tells that they are not the official ones', async () => {
    const folder = join(temporaryFolder(), 'svhn');
    const { url } = await serve();
    const own = join(temporaryFolder(), 'mine.mat');
    writeFileSync(own, 'mine');
    const { code, line, notes } = await run('svhn', '--from', url, '--from', own, '--to', folder);
    expect([code, line]).toEqual([0, folder]);
    expect(notes).toMatch(/train_32x32\.mat: not the official file.*\n.*test_32x32\.mat: not the official file/);
    expect(readFileSync(join(folder, 'train_32x32.mat')).equals(content)).toBe(true);
    expect(readFileSync(join(folder, 'test_32x32.mat'), 'utf8')).toBe('mine');
    expect(existsSync(join(folder, 'train_32x32.mat.part'))).toBe(false);
  });

  test.each([
    [[], /Name one data set: cifar10, svhn/],
    [['imagenet'], /Name one data set/],
    [['svhn', '--from', 'a.mat'], /has 2 files .*Give it once for each/],
    [
      ['cifar10', '--from', '/nothing/here.tar.gz', '--to', 'unused'],
      /here\.tar\.gz cannot be used: there is no such file/,
    ],
  ])('refuses %j in a sentence', async (argv, words) => {
    const arguments_ = argv.map((text) => (text === 'unused' ? temporaryFolder() : text));
    const { code, notes } = await run(...arguments_);
    expect(code).toBe(1);
    expect(notes).toMatch(words);
  });
});
