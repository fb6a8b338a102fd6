import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { teachingHash } from '../src/store/teaching.ts';
import { small } from './experiments.ts';
import { expectNothingOfAxeAnywhere } from './pages/axe.ts';
import { Playground } from './pages/playground.ts';
import { showAt, sizes } from './pages/sizes.ts';

test('axe finds nothing on the page of a run that trained, nor in slow motion, the tour and the list of keys', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = new Playground(page);
  await playground.openWith(small);
  await playground.press('To next epoch');
  await playground.waitForStep(20);
  await playground.waitForStatus('paused');
  await playground.chartTable('Accuracy by module');
  await expectNothingOfAxeAnywhere(page, 'a run that trained');

  await playground.press('Slow motion');
  const scrubber = playground.region('One step in slow motion');
  await scrubber.getByRole('button', { name: 'Forward' }).click();
  await scrubber.getByRole('button', { name: 'Forward' }).click();
  await expect(scrubber.getByRole('img', { name: /^Held now: / })).toBeVisible();
  await expectNothingOfAxeAnywhere(page, 'slow motion');
  await playground.press('Slow motion');

  await playground.press('Tour');
  const tour = playground.region('Tour');
  await tour.getByRole('button', { name: 'Next' }).click();
  await expect(tour).toContainText('2 of 6');
  await expectNothingOfAxeAnywhere(page, 'the tour');
  await page.keyboard.press('Escape');
  await expect(tour).toHaveCount(0);

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await expectNothingOfAxeAnywhere(page, 'the list of keys');
});

test("axe finds nothing on a queue under way, nor on a page locked by a teacher's link", async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith({ ...small, evaluateEvery: 0 });
  await page.getByRole('tab', { name: 'Runs' }).click();
  const sweep = playground.region('Sweep');
  for (const cuts of ['1', '2', '3']) await sweep.getByRole('checkbox', { name: cuts, exact: true }).check();
  await sweep.getByRole('button', { name: 'Queue 3 runs' }).click();
  await playground.waitForStep(2);
  await playground.press('Pause queue');
  await expect(playground.region('Queue').getByRole('listitem')).toHaveCount(3);
  await expectNothingOfAxeAnywhere(page, 'a queue');

  const locks = ['cuts', 'batch', 'method', 'learningRate', 'hilo', 'patches', 'data'] as const;
  await page.goto('about:blank');
  await page.goto(`./${teachingHash(small, { lesson: 'from-bp-to-hpff', step: 1, locks, memoryBudget: 1e8 })}`);
  await playground.waitForStatus('paused');
  await expect(playground.region('For a class')).toContainText('Locked: ');
  await expectNothingOfAxeAnywhere(page, "lessons by a teacher's link");
  await page.getByRole('tab', { name: 'Train' }).click();
  await expect(playground.region('Network')).toContainText("locked by the teacher's link");
  await expectNothingOfAxeAnywhere(page, "training by a teacher's link");
});

/** Presses Tab until something has the focus, backwards where it comes before. */
async function tabTo(page: Page, wanted: Locator, back = false): Promise<void> {
  const focused = () => wanted.evaluate((node) => node === document.activeElement);
  for (let presses = 0; presses < 150 && !(await focused()); presses++)
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  await expect(wanted).toBeFocused();
}

for (const [size] of sizes)
  test(`keyboard alone can train, pause, cut, compare and export, ${size}`, async ({ page }) => {
    await showAt(page, size);
    const playground = new Playground(page);
    await playground.openWith({ ...small, trainSize: 64, testSize: 20, epochs: 1 });
    await page.keyboard.press('.');
    await playground.waitForStep(1);
    await page.keyboard.press(' ');
    await playground.waitForStep(2);
    await playground.waitForStatus('finished');

    // The tab key reaches the strip once; arrow keys move along its borders.
    const network = playground.region('Network');
    await tabTo(page, network.getByRole('button', { name: 'Cut after the stem' }));
    await page.keyboard.press('End');
    await expect(network.getByRole('button', { name: 'Join after block 2.0' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(network).toContainText('K = 2');

    await tabTo(page, page.getByRole('button', { name: 'Export', exact: true }), true);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Export the run' });
    await tabTo(page, dialog.getByRole('radio', { name: 'Weights (safetensors)' }));
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    await expect(dialog.getByRole('radio', { name: 'Weights (safetensors)' })).toBeChecked();
    await tabTo(page, dialog.getByRole('button', { name: 'Download Weights (safetensors)' }));
    const arrived = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    const weights = await readFile(await (await arrived).path());
    expect(weights.subarray(8, 9).toString()).toBe('{');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();

    // The same with back-propagation, and both on one chart.
    await tabTo(page, page.getByRole('tab', { name: 'Train' }));
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name: 'Runs' })).toBeFocused();
    await tabTo(page, page.getByRole('button', { name: 'Same, with BP' }));
    await page.keyboard.press('Enter');
    await expect(playground.region('Queue').getByText('done, test')).toHaveCount(1);
    const compared = page.getByRole('checkbox', { name: /^Compare InfoPro/ });
    await tabTo(page, compared);
    const before = await compared.isChecked();
    await page.keyboard.press('Space');
    await expect(compared).toBeChecked({ checked: !before });
    if (before) await page.keyboard.press('Space');
    const lines = playground.region('Charts').getByRole('figure', { name: 'Final accuracy', exact: true });
    for (const name of [/^BP/, /^InfoPro/])
      await expect(lines.getByRole('listitem').filter({ hasText: name }).first()).toBeVisible();
    expect(playground.problems).toEqual([]);
  });
