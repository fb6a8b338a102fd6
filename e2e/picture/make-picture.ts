import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { expectOk } from '../../src/base/result.ts';
import { ensureBrowser } from '../../src/cli/browser/install-browser.ts';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { startingExperiment } from '../../src/experiment/presets.ts';
import { experimentHash } from '../../src/store/share-link.ts';
import { animate, type Frame } from './animation.ts';

/** `tsx e2e/picture/make-picture.ts [FILE]`: dragging a border and training, as the animated picture of the README. */
const file = resolve(process.argv[2] ?? '.github/playground.gif');
const port = 5391;
const size = { width: 1000, height: 720 };

const experiment: Experiment = {
  ...startingExperiment,
  network: 'resnet20',
  cuts: 'k4',
  widths: [8, 8, 16, 32],
  auxDim: 32,
  batch: 16,
  trainSize: 640,
  testSize: 100,
  epochs: 4,
};

const browserPath = expectOk(await ensureBrowser((text) => console.error(text)));
const server = spawn(process.execPath, ['--import', 'tsx', 'src/cli/start.ts', '--port', String(port)], {
  stdio: 'ignore',
});
const browser = await chromium.launch({
  executablePath: browserPath,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage({ viewport: size, colorScheme: 'light', reducedMotion: 'reduce' });
  await openWhenServed(page, `http://localhost:${port}/${experimentHash(experiment)}`);
  await page
    .getByRole('button', { name: 'One step', exact: true })
    .and(page.locator(':enabled'))
    .waitFor({ timeout: 180_000 });
  const frames: Frame[] = [];
  const take = async (stays: number) => {
    frames.push({ png: await page.screenshot(), stays });
  };
  await showPointer(page);
  await dragBorder(page, take);
  await train(page, take);
  mkdirSync(dirname(file), { recursive: true });
  const picture = animate(frames);
  writeFileSync(file, picture);
  console.log(`${file}: ${frames.length} frames, ${(picture.length / 1e6).toFixed(2)} MB`);
} finally {
  await browser.close();
  server.kill();
}

/** The server takes a moment to listen, and the page a moment more to be built. */
async function openWhenServed(page: Page, address: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await page.goto(address);
      return;
    } catch (error) {
      if (tries === 40) throw error;
      await page.waitForTimeout(500);
    }
  }
}

/** Screenshots show no pointer: a mark follows the mouse in its place. */
async function showPointer(page: Page): Promise<void> {
  await page.evaluate(() => {
    const mark = document.createElement('div');
    mark.style.cssText =
      'position:fixed;z-index:99;width:16px;height:16px;margin:-8px;border:2px solid #fff;border-radius:50%;background:#0b57d0;pointer-events:none;left:-40px';
    document.body.append(mark);
    document.addEventListener('pointermove', ({ clientX, clientY }) => {
      mark.style.left = `${clientX}px`;
      mark.style.top = `${clientY}px`;
    });
  });
}

async function dragBorder(page: Page, take: (stays: number) => Promise<void>): Promise<void> {
  const middle = async (name: string) => {
    const box = await page.getByRole('button', { name, exact: true }).boundingBox();
    if (box === null) throw new Error(`${name} is not drawn`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const from = await middle('Join after block 1.2');
  const to = await middle('Cut after the stem');
  await page.mouse.move(from.x, from.y);
  await take(900);
  await page.mouse.down();
  for (const [start, end] of [
    [from.x, to.x],
    [to.x, from.x],
  ] as const) {
    for (let part = 1; part <= 9; part++) {
      await page.mouse.move(start + ((end - start) * part) / 9, from.y);
      await page.waitForTimeout(250);
      await take(part === 9 ? 700 : 130);
    }
  }
  await page.mouse.up();
  await page.getByRole('button', { name: /^all/ }).click();
  await page.waitForTimeout(1500);
  await take(1400);
}

async function train(page: Page, take: (stays: number) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.mouse.move(-40, 0);
  // Down to the charts, the transport stays in sight.
  await page.getByRole('region', { name: 'Charts' }).scrollIntoViewIfNeeded();
  await page.evaluate(() => document.querySelector('.controls + .middle')?.scrollIntoView({ block: 'start' }));
  for (let shot = 0; shot < 14; shot++) {
    await page.waitForTimeout(1600);
    await take(shot === 13 ? 2500 : 260);
  }
}
