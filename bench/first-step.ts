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
 * `node --import tsx bench/first-step.ts`: on the published page in Chromium, on WASM, from the click on Play to the first step shown, once
 * the page says that its run is prepared; and how long that preparation takes. A fresh browser profile every time.
 */
const repetitions = 7;
/** Seconds. */
const bar = 3;

const cases: readonly (readonly [name: string, experiment: Experiment | undefined])[] = [
  ['the page as it opens', undefined],
  ['quick, by its link', startingExperiment],
  ['HPFF on ResNet-20, every block a module, as the comparison for newcomers', firstComparison],
];

await runCommand((_, output) =>
  withPublishedPage(join(repository, 'out', 'first-step'), output.note, async (browser, address) => {
    let slowest = 0;
    for (const [name, experiment] of cases) {
      const hash = experiment === undefined ? '' : experimentHash(experiment);
      const times: { prepared: number; first: number }[] = [];
      for (let repetition = 0; repetition < repetitions; repetition++)
        times.push(await measure(browser, `${address}${hash}`));
      const first = times.map((time) => time.first);
      slowest = Math.max(slowest, ...first);
      output.line(
        `${name}: click to first step ${median(first).toFixed(2)} s (median of ${repetitions}, ${Math.min(...first).toFixed(2)} to ` +
          `${Math.max(...first).toFixed(2)}); prepared ${median(times.map(({ prepared }) => prepared)).toFixed(2)} s after the page was asked for`,
      );
    }
    output.line(`slowest ${slowest.toFixed(2)} s, bar ${bar} s: ${slowest <= bar ? 'within' : 'over'}`);
    return slowest <= bar ? 0 : 1;
  }),
);

async function measure(browser: Browser, address: string): Promise<{ prepared: number; first: number }> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(address);
    const play = page.getByRole('button', { name: 'Play', exact: true });
    await play.and(page.locator(':enabled')).waitFor({ timeout: 60_000 });
    const prepared = (await page.evaluate(() => performance.now())) / 1000;
    // What was begun before the click has ended: a person has looked at the page by then.
    await page.waitForTimeout(2_000);
    const first = firstStepAfterClick(page);
    await play.click();
    return { prepared, first: await first };
  } finally {
    await context.close();
  }
}
