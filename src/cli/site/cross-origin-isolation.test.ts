import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer, preview } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import { repository } from '../node-script.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** The two headers of an answer that has to be there. */
async function isolation(url: string): Promise<(string | null)[]> {
  const { ok, headers } = await fetch(url);
  expect([url, ok]).toEqual([url, true]);
  return ['cross-origin-opener-policy', 'cross-origin-embedder-policy'].map((name) => headers.get(name));
}

const isolated = ['same-origin', 'require-corp'];

test('the development server isolates the page, its workers and their threads', async () => {
  const server = await createServer({ root: repository, logLevel: 'error', server: { port: 0, host: '127.0.0.1' } });
  onTestFinished(() => server.close());
  await server.listen();
  const origin = server.resolvedUrls?.local[0] ?? '';
  for (const path of ['', 'src/worker/training.worker.ts?worker_file&type=module', 'src/base/result.ts'])
    expect(await isolation(origin + path)).toEqual(isolated);
});

test('so does the server of the built page', async () => {
  const outDir = temporaryFolder();
  mkdirSync(join(outDir, 'assets'));
  for (const name of ['index.html', 'assets/training.worker-1a2b.js', 'sw.js']) writeFileSync(join(outDir, name), '');
  const server = await preview({
    root: repository,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  });
  onTestFinished(() => server.close());
  const origin = server.resolvedUrls?.local[0] ?? '';
  for (const path of ['', 'assets/training.worker-1a2b.js', 'sw.js'])
    expect(await isolation(origin + path)).toEqual(isolated);
});
