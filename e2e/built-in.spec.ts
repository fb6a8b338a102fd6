import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { parseSafetensors } from '../src/formats/safetensors.ts';
import { small } from './experiments.ts';
import { exportFiles, importFiles } from './pages/files.ts';
import { Playground } from './pages/playground.ts';
import { atEachSize } from './pages/sizes.ts';

test('a new visitor presses play and sees the built-in set being learned', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await expect(playground.region('Data')).toContainText('5,000 training and 1,000 test images');
  await expect(playground.region('Memory')).toContainText('hpff-paper/resnet20-all');
  await playground.press('Play');
  await playground.waitForStep(2);
  await playground.press('Pause');
  await playground.waitForStatus('paused');
  const losses = await playground.chartTable('Final loss');
  expect(losses.length).toBeGreaterThan(2);
  await atEachSize(page, async () => {
    const [head, ...rows] = await playground.chartTable('Images per second');
    const column = head?.findIndex((title) => title.includes('training images')) ?? -1;
    const paces = rows.map((row) => Number(row[column]?.replaceAll(',', ''))).filter((pace) => pace > 0);
    expect(paces.length).toBeGreaterThan(0);
    const figure = page.getByRole('figure', { name: 'Images per second', exact: true });
    await figure.scrollIntoViewIfNeeded();
    await expect(figure.getByRole('cell', { name: String(paces[0]) }).first()).toBeInViewport();
  });
  expect(playground.problems).toEqual([]);
});

test('one step, the rest of the epoch, and reset', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await playground.press('One step');
  await playground.waitForStep(1);
  await playground.waitForStatus('paused');
  await playground.press('To next epoch');
  await playground.waitForStep(20);
  await playground.waitForStatus('paused');
  expect(await playground.step()).toBe(20);
  await expect.poll(async () => (await playground.chartTable('Final accuracy')).length).toBeGreaterThan(1);
  await playground.press('Reset');
  await expect.poll(() => playground.step()).toBe(0);
  expect(playground.problems).toEqual([]);
});

test('the strip cuts and joins with the keyboard, and keeps the weights', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await playground.press('One step');
  await playground.waitForStep(1);
  const network = playground.region('Network');
  const border = network.getByRole('button', { name: 'Join after block 1.0' });
  await border.focus();
  await page.keyboard.press('Enter');
  await expect(network.getByRole('button', { name: 'Cut after block 1.0' })).toBeVisible();
  await expect(network).toContainText('K = 2');
  await playground.waitForStatus('paused');
  expect(await playground.step()).toBe(1);
  await playground.press('One step');
  await playground.waitForStep(2);
  await network.getByRole('button', { name: 'Cut after the stem' }).click();
  await expect(network).toContainText('K = 3');
  await playground.press('One step');
  await playground.waitForStep(3);
  expect(playground.problems).toEqual([]);
});

test('an exported run is imported again and goes on from its step', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await playground.press('To next epoch');
  await playground.waitForStep(20);
  await playground.waitForStatus('paused');
  const { weights, experiment } = await exportFiles(playground);
  const parsed = parseSafetensors(await readFile(weights), 'weights.safetensors');
  expect(parsed.ok && parsed.value.tensors.has('layer1.0.conv1.weight')).toBe(true);
  expect(JSON.parse(await readFile(experiment, 'utf8'))).toEqual(small);
  const accuracy = (await playground.chartTable('Final accuracy')).at(-1);

  await playground.open();
  await importFiles(playground, [weights, experiment]);
  await expect.poll(() => playground.step(), { timeout: 60_000 }).toBe(20);
  await playground.waitForStatus('paused');
  const again = await exportFiles(playground);
  expect(await readFile(again.weights)).toEqual(await readFile(weights));
  expect(accuracy).toBeDefined();
  expect(playground.problems).toEqual([]);
});
