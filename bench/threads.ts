import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { preview } from 'vite';
import { ensureBrowser } from '../src/cli/browser/install-browser.ts';
import { runCommand } from '../src/cli/command.ts';
import { repository } from '../src/cli/node-script.ts';
import { crossOriginIsolation } from '../src/cli/site/cross-origin-isolation.ts';
import { buildPage } from './build.ts';
import type { Measurement } from './measurement.ts';
import { median } from './median.ts';
import type { BenchPage } from './page/bench-page.ts';

declare const window: BenchPage;

/**
 * `node --import tsx bench/threads.ts [THREADS]...`: milliseconds of a training step on WASM in a worker of an isolated page in Chromium, on
 * each number of threads in turn, again and again. Without arguments 1 and 2.
 */
const rounds = 6;

const cases: readonly (readonly [preset: string, batch: number])[] = [
  ['bp/resnet8', 8],
  ['quick', 32],
  ['bp/resnet20', 32],
];

await runCommand(async (argv, output) => {
  const counts = argv.length === 0 ? [1, 2] : argv.map(Number);
  const folder = join(repository, 'out', 'threads');
  await buildPage(folder);
  const executable = await ensureBrowser(output.note);
  if (!executable.ok) throw new Error(executable.error.message);
  const server = await preview({
    configFile: false,
    root: folder,
    build: { outDir: '.' },
    preview: { port: 0, headers: crossOriginIsolation },
    logLevel: 'error',
  });
  const browser = await chromium.launch({
    executablePath: executable.value,
    args: ['--no-first-run', '--disable-background-networking', '--disable-component-update'],
    chromiumSandbox: process.getuid?.() !== 0,
  });
  try {
    for (const [preset, batch] of cases) {
      const times = new Map(counts.map((count) => [count, [] as number[]]));
      for (let round = 0; round < rounds; round++)
        for (const count of counts)
          times.get(count)?.push(await measure(browser, server.resolvedUrls?.local[0] ?? '', count, preset, batch));
      for (const [count, all] of times)
        output.line(
          `${preset}, batch ${batch}, threads ${count}: ${median(all).toFixed(1)} ms a step (median of ${rounds} visits, ` +
            `${Math.min(...all).toFixed(1)} to ${Math.max(...all).toFixed(1)})`,
        );
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return 0;
});

/** The median step of one visit. The worker is told of twice as many processors, for tfjs takes half of them. */
async function measure(
  browser: Browser,
  address: string,
  threads: number,
  preset: string,
  batch: number,
): Promise<number> {
  const page = await browser.newPage();
  try {
    await page.route(/bench\.worker/, async (route) => {
      const response = await route.fetch();
      const processors = `Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${2 * threads} });`;
      await route.fulfill({ response, body: `${processors}\n${await response.text()}` });
    });
    await page.goto(address);
    const subject = { kind: 'step', preset, batch } as const;
    const measurement: Measurement = { name: 'threads', subject, engine: 'tfjs-wasm', host: 'chromium' };
    const [found] = await page.evaluate((given) => window.measure(given), measurement);
    // The worker that was started, and one for each thread but its own.
    const workers = page.workers().length;
    if (workers !== threads) throw new Error(`${workers} threads where ${threads} were to be measured`);
    if (found?.milliseconds == null) throw new Error('nothing was measured');
    return found.milliseconds;
  } finally {
    await page.close();
  }
}
