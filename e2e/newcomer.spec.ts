import { expect, test } from '@playwright/test';
import { firstStepAfterClick } from './pages/first-step.ts';
import { Playground } from './pages/playground.ts';
import { atEachSize, showAt, sizes } from './pages/sizes.ts';

/** Seconds in which it has to be seen. */
const patience = 120;
/** Seconds from the click on Play to the first step, on WASM. */
const firstStepWithin = 3;

test(
  'what a page needs is prepared before the first click: the first step shows soon after it',
  { tag: '@alone' },
  async ({ page }, info) => {
    const playground = new Playground(page);
    for (const [size] of sizes) {
      await showAt(page, size);
      await page.goto('about:blank');
      await playground.open();
      const first = firstStepAfterClick(page);
      await playground.press('Play');
      const seconds = await first;
      info.annotations.push({ type: 'measured', description: `${size}: ${seconds.toFixed(2)} s` });
      expect(seconds).toBeLessThan(firstStepWithin);
      await playground.press('Pause');
    }
    expect(playground.problems).toEqual([]);
  },
);

test(
  'a newcomer sees HPFF beside back-propagation on accuracy, memory and arithmetic, and where it needs more',
  {
    tag: '@alone',
  },
  async ({ page }, info) => {
    const playground = new Playground(page);
    const opened = Date.now();
    await page.goto('./');
    // The experiment on show needs more than back-propagation, and the page says so where the cuts are.
    await expect(playground.region('Network')).toContainText('more memory than back-propagation');
    await expect(playground.region('Memory')).toContainText('nothing is saved');
    const welcome = playground.region('Welcome');
    await welcome.getByRole('button', { name: 'HPFF beside back-propagation' }).click();

    const beside = playground.region('Beside back-propagation');
    const table = beside.getByRole('table', { name: /HPFF.*, ResNet-20, K = 9, beside back-propagation/ });
    const row = (name: string | RegExp) => table.getByRole('row', { name });
    await expect(row('Test accuracy')).toContainText(/\d\s%.*\d\s%.*points/, { timeout: patience * 1000 });
    await expect(row('Memory of a step, planned')).toContainText(/0\.\d\d×/);
    await expect(row('Multiply-adds an image')).toContainText(/[1-9]\.\d\d×/);
    await expect(beside).toContainText(/holds \d+\s% less memory than back-propagation/);
    await expect(beside).toContainText(/Measured on tfjs-wasm, .* The webgpu executor holds what is planned/);
    await expect(beside).toContainText(/needs more arithmetic, \d\.\d\d times as much/);
    await expect(playground.region('Queue').getByText('done, test')).toHaveCount(2);
    const seconds = (Date.now() - opened) / 1000;
    info.annotations.push({ type: 'measured', description: `${seconds.toFixed(1)} s, 1 click` });
    expect(seconds).toBeLessThan(patience);
    // Both are on the charts, and on a phone as well.
    await atEachSize(page, async () => {
      await expect(row('Memory of a step, planned')).toBeVisible();
      await expect(
        playground.region('Charts').getByRole('figure', { name: 'Final accuracy', exact: true }),
      ).toContainText('BP');
    });
    expect(playground.problems).toEqual([]);
  },
);
