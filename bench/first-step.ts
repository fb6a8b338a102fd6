import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { firstStepAfterClick } from '../e2e/pages/first-step.ts';
import { runCommand } from '../src/cli/command.ts';
import { repository } from '../src/cli/node-script.ts';
import type { Experiment } from '../src/experiment/experiment.ts';
import { firstComparison } from '../src/experiment/first-comparison.ts';
import { startingExperiment } from '../src/experiment/presets.ts';
import { experimentHash } from '../src/store/share-link.ts';
import { median } from './median.ts';
import { withPublishedPage } from './published-page.ts';

/**
 * `node --import tsx bench/first-step.ts`: on the published page in Chromium, from the click on Play to the first step shown, once the page says
 * that its run is prepared; and how long that preparation takes. A fresh browser profile every time. On WebGPU it is the adapter the browser has:
 * without a GPU an emulated one, whose step is most of it.
 */
const repetitions = 7;
/** Seconds. */
const bars = { 'tfjs-wasm': 3, webgpu: 1 } as const;
type Executor = keyof typeof bars;

const cases: readonly (readonly [name: string, experiment: Experiment | undefined, executor: Executor])[] = [
  ['the page as it opens', undefined, 'tfjs-wasm'],
  ['quick, by its link', startingExperiment, 'tfjs-wasm'],
  ['HPFF on ResNet-20, every block a module, as the comparison for newcomers', firstComparison, 'tfjs-wasm'],
  ['the page as it opens', undefined, 'webgpu'],
];

await runCommand((_, output) =>
  withPublishedPage(join(repository, 'out', 'first-step'), output.note, async (browser, address) => {
    let over = 0;
    for (const [name, experiment, executor] of cases) {
      const hash = experiment === undefined ? '' : experimentHash(experiment);
      const times: { prepared: number; first: number }[] = [];
      for (let repetition = 0; repetition < repetitions; repetition++)
        times.push(await measure(browser, `${address}${hash}`, executor));
      const first = times.map((time) => time.first);
      const within = Math.max(...first) <= bars[executor];
      if (!within) over++;
      output.line(
        `${name}, on ${executor}: click to first step ${median(first).toFixed(2)} s (median of ${repetitions}, ${Math.min(...first).toFixed(2)} to ` +
          `${Math.max(...first).toFixed(2)}, bar ${bars[executor]} s: ${within ? 'within' : 'over'}); ` +
          `prepared ${median(times.map(({ prepared }) => prepared)).toFixed(2)} s after the page was asked for`,
      );
    }
    return over === 0 ? 0 : 1;
  }),
);

async function measure(
  browser: Browser,
  address: string,
  executor: Executor,
): Promise<{ prepared: number; first: number }> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(address);
    const play = page.getByRole('button', { name: 'Play', exact: true }).and(page.locator(':enabled'));
    await play.waitFor({ timeout: 60_000 });
    const prepared = (await page.evaluate(() => performance.now())) / 1000;
    const panel = page.getByRole('region', { name: 'Executor', exact: true });
    const chosen = panel.locator('strong', { hasText: new RegExp(`^${executor}$`) });
    if ((await chosen.count()) === 0) {
      await panel.getByLabel('Run on').selectOption(executor);
      await chosen.waitFor({ timeout: 60_000 });
      await play.waitFor({ timeout: 60_000 });
    }
    // What was begun before the click has ended: a person has looked at the page by then.
    await page.waitForTimeout(2_000);
    const first = firstStepAfterClick(page);
    await play.click();
    return { prepared, first: await first };
  } finally {
    await context.close();
  }
}
