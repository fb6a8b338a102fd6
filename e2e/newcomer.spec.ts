import { expect, test } from '@playwright/test';
import { Playground } from './pages/playground.ts';

/** Seconds in which it has to be seen. */
const patience = 120;

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
    await expect(beside).toContainText(/needs more arithmetic, \d\.\d\d times as much/);
    await expect(playground.region('Queue').getByText('done, test')).toHaveCount(2);
    const seconds = (Date.now() - opened) / 1000;
    info.annotations.push({ type: 'measured', description: `${seconds.toFixed(1)} s, 1 click` });
    expect(seconds).toBeLessThan(patience);
    // Both are on the charts.
    await expect(
      playground.region('Charts').getByRole('figure', { name: 'Final accuracy', exact: true }),
    ).toContainText('BP');
    expect(playground.problems).toEqual([]);
  },
);
