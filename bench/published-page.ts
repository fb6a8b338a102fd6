import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { ensureBrowser } from '../src/cli/browser/install-browser.ts';
import { repository } from '../src/cli/node-script.ts';

/**
 * Builds the page as it is published, serves it, and starts a browser.
 *
 * @param folder where the build is written
 * @param note told what is going on
 */
export async function withPublishedPage<Found>(
  folder: string,
  note: (text: string) => void,
  body: (browser: Browser, address: string) => Promise<Found>,
): Promise<Found> {
  const outDir = join(folder, 'page');
  await build({ root: repository, logLevel: 'warn', build: { outDir, emptyOutDir: true } });
  const executable = await ensureBrowser(note);
  if (!executable.ok) throw new Error(executable.error.message);
  const server = await preview({ root: repository, build: { outDir }, preview: { port: 0 }, logLevel: 'error' });
  const browser = await chromium.launch({
    executablePath: executable.value,
    args: ['--enable-unsafe-webgpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
    chromiumSandbox: process.getuid?.() !== 0,
  });
  try {
    return await body(browser, server.resolvedUrls?.local[0] ?? '');
  } finally {
    await browser.close();
    await server.close();
  }
}
