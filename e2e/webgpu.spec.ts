import { expect, test } from '@playwright/test';
import { small, tiny } from './experiments.ts';
import { Playground } from './pages/playground.ts';

for (const [name, what] of [
  ['webgpu', 'with kernels of its own'],
  ['tfjs-webgpu', 'through tfjs'],
] as const)
  test(`WebGPU ${what}, chosen by hand: steps and a cut`, async ({ page }) => {
    test.setTimeout(420_000);
    const playground = new Playground(page);
    await playground.openWith({ ...tiny, trainSize: 40, testSize: 10, evaluateEvery: small.evaluateEvery });
    const executor = playground.region('Executor');
    await playground.runOn(name);
    await playground.press('One step');
    await playground.waitForStep(1, 240_000);
    await playground.region('Network').getByRole('button', { name: 'Cut after block 1.0' }).click();
    await playground.press('Play');
    await playground.waitForStep(5, 240_000);
    await playground.press('Pause');
    if (name === 'webgpu') {
      const device = executor.getByLabel('Device');
      await expect(device).toContainText('as planned');
      await expect(device).toContainText(/\d+ a step/);
      await expect(device).toContainText('Backward');
    }
    await expect.poll(async () => (await playground.chartTable('Final loss')).length).toBeGreaterThan(3);
    expect(playground.problems).toEqual([]);
  });
