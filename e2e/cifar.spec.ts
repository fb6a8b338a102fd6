import { expect, test } from '@playwright/test';
import { small } from './experiments.ts';
import { exportFiles, importFiles } from './pages/files.ts';
import { hasCifar, Playground } from './pages/playground.ts';

/** Accuracies of the whole test part so far, as the chart's table shows them in its last column. */
async function testAccuracies(playground: Playground): Promise<string[]> {
  const [, ...rows] = await playground.chartTable('Final accuracy');
  return rows.map((cells) => cells.at(-1)?.trim() ?? '').filter((cell) => cell.includes('%'));
}

/** Measures the test part now and waits for the result. */
async function measure(playground: Playground): Promise<string> {
  const before = (await testAccuracies(playground)).length;
  await playground.page.keyboard.press('m');
  await expect.poll(async () => (await testAccuracies(playground)).length, { timeout: 60_000 }).toBeGreaterThan(before);
  return (await testAccuracies(playground)).at(-1) ?? '';
}

test('HPFF on real images: train, cut, change the rate, pause, export, import, same accuracy', async ({ page }) => {
  const playground = new Playground(page);
  const experiment = { ...small, widths: [16, 16, 32, 64], batch: 32, trainSize: 640, testSize: 200 };
  if (hasCifar) {
    await playground.open();
    await page.getByRole('button', { name: /Load from the server/ }).click();
    await expect(playground.region('Data')).toContainText('50,000 training and 10,000 test images', {
      timeout: 60_000,
    });
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      `experiment=${encodeURIComponent(JSON.stringify({ ...experiment, data: 'cifar-10' }))}`,
    );
    await page.getByRole('button', { name: 'Start a new run with this' }).click();
    await expect(playground.region('Data')).toContainText('640 training and 200 test images', { timeout: 60_000 });
  } else {
    test.info().annotations.push({ type: 'note', description: 'CIFAR-10 is not here: run on the built-in images' });
    await playground.openWith(experiment);
  }
  await playground.waitForStatus('paused');
  await playground.press('Play');
  await playground.waitForStep(3);

  const network = playground.region('Network');
  await network.getByRole('button', { name: 'Join after block 1.0' }).click();
  await expect(network).toContainText('K = 2');
  const joined = await playground.step();
  await playground.waitForStep(joined + 2);
  await playground.setNumber('Learning rate', 0.01);
  const slowed = await playground.step();
  await playground.waitForStep(slowed + 2);
  await playground.press('Pause');
  await playground.waitForStatus('paused');

  const memory = await playground.chartTable('Memory by module');
  expect(memory.length).toBeGreaterThanOrEqual(3);
  expect((await playground.chartTable('Loss by module')).length).toBeGreaterThan(3);
  expect((await playground.chartTable('Learning rate')).flat().join(' ')).toContain('0.01');

  const files = await exportFiles(playground);
  const before = await measure(playground);
  const step = await playground.step();

  await playground.press('One step');
  await playground.waitForStep(step + 1);
  await importFiles(playground, [files.weights, files.experiment]);
  await expect.poll(() => playground.step(), { timeout: 60_000 }).toBe(step);
  await playground.waitForStatus('paused');
  expect(await measure(playground)).toBe(before);
  expect(playground.problems).toEqual([]);
});
