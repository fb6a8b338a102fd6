import { chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { ensureBrowser } from '../../src/cli/browser/install-browser.ts';
import { runCommand } from '../../src/cli/command.ts';
import { emptyFinding, type Finding, type Measurement } from '../measurement.ts';
import { median } from '../median.ts';
import type { BenchPage } from '../page/bench-page.ts';
import { pageFolder } from '../places.ts';
import type { Order } from './order.ts';

declare const window: BenchPage;

const presses = 60;
/** Milliseconds between two key presses: no multiple of a frame. */
const pause = 130;

/**
 * One measurement in Chromium, in a worker of a page of its own: an order comes as JSON in the first argument, findings go out as JSON.
 * Without an order it says which browser and adapter there are.
 */
await runCommand(async ([order], output) => {
  const browser = await ensureBrowser(output.note);
  if (!browser.ok) throw new Error(browser.error.message);
  const server = await preview({
    configFile: false,
    root: pageFolder,
    build: { outDir: '.' },
    preview: { port: 0 },
    logLevel: 'error',
  });
  const started = await chromium.launch({
    executablePath: browser.value,
    args: ['--enable-unsafe-webgpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
    chromiumSandbox: process.getuid?.() !== 0,
  });
  try {
    const page = await started.newPage();
    page.on('console', (message) => output.note(message.text()));
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    if (order === undefined) {
      output.line(JSON.stringify(`Chromium ${started.version()} on ${await page.evaluate(() => window.adapter())}`));
      return 0;
    }
    const { measurement } = JSON.parse(order) as Order;
    const findings =
      measurement.subject.kind === 'latency'
        ? await measureLatency(page, measurement)
        : await page.evaluate((given) => window.measure(given), measurement);
    output.line(JSON.stringify(findings));
  } finally {
    await started.close();
    await server.close();
  }
  return 0;
});

/** Presses a key again and again while a worker trains, and reads the browser's own event timing: from the press to the next frame. */
async function measureLatency(page: Page, measurement: Measurement): Promise<Finding[]> {
  const press = async () => {
    for (let count = 0; count < presses; count++) {
      await page.keyboard.press('a');
      await page.waitForTimeout(pause);
    }
    return page.evaluate((count) => window.takeLatencies(count), presses);
  };
  const idle = await press();
  await page.evaluate((given) => window.train(given), measurement);
  const busy = await press();
  const steps = await page.evaluate(() => window.stepsDone());
  const ninetieth = [...busy].sort((a, b) => a - b)[Math.floor(0.9 * busy.length)];
  const name = 'preset' in measurement.subject ? measurement.subject.preset : '';
  return [
    {
      ...emptyFinding(measurement, `${name}, key press to frame while training`),
      milliseconds: median(busy),
      note: `${presses} presses during ${steps} steps; 90 % within ${ninetieth} ms; without training median ${median(idle)} ms; the browser's event timing, in steps of 8 ms, 16 or less counts as 16`,
    },
  ];
}
