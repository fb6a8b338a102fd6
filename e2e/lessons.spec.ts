import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { teachingHash } from '../src/store/teaching.ts';
import { small } from './experiments.ts';
import { exportFile } from './pages/files.ts';
import { Playground } from './pages/playground.ts';

test('a step of the lesson runs in the page and its figures stay', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await page.getByRole('tab', { name: 'Lessons' }).click();
  await page.getByRole('button', { name: 'Next step' }).click();
  await expect(playground.region('Step 2')).toContainText('every block learns alone');
  await playground.press('Run this step');
  await playground.waitForStatus('finished');
  const results = playground.region('Results of the lesson');
  await expect(results.getByRole('row', { name: /every block learns alone/ })).toContainText(/0\.\d\d×.*\s%/);
  await page.getByRole('button', { name: 'See the charts' }).click();
  await expect(playground.region('Network')).toContainText('K = 15');

  // They leave as one file, and those of a class stand side by side.
  await page.getByRole('tab', { name: 'Lessons' }).click();
  await page.getByLabel('Your name').fill('Ada B.');
  const arrived = page.waitForEvent('download');
  await playground.press('Save results as one file');
  const file = await arrived;
  expect(file.suggestedFilename()).toBe('ada-b.-from-bp-to-hpff.results.json');
  const buffer = await readFile(await file.path());
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page
    .getByLabel('Run files')
    .setInputFiles(
      ['ada.results.json', 'ben.results.json'].map((name) => ({ name, mimeType: 'application/json', buffer })),
    );
  for (const who of ['ada', 'ben'])
    await expect(
      page.getByRole('row', { name: `${who}: K = 15: every block learns alone` }).getByText('from a file'),
    ).toBeVisible();

  // After a new visit the results are still there.
  await page.reload();
  await page.getByRole('tab', { name: 'Lessons' }).click();
  await expect(results.getByRole('row', { name: /every block learns alone/ })).toContainText(/0\.\d\d×.*\s%/);
  expect(playground.problems).toEqual([]);
});

test("a teacher's link opens the lesson, locks fields and keeps the budget", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(
    teachingHash(small, { lesson: 'from-bp-to-hpff', step: 1, locks: ['cuts'], memoryBudget: 100e6 }),
  );
  await expect(playground.region('Step 2')).toBeVisible();
  await expect(playground.region('For a class')).toContainText('Locked: Cuts');
  await page.getByRole('tab', { name: 'Train' }).click();
  const network = playground.region('Network');
  await expect(network).toContainText("locked by the teacher's link");
  await network.getByRole('button', { name: 'Join after block 1.0' }).click();
  await expect(network).toContainText('K = 3');
  await expect(network).toContainText('budget 100');
  expect(playground.problems).toEqual([]);
});

test("a teacher's locks hold for resumed runs and files", async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await playground.press('One step');
  await playground.waitForStep(1);
  const whole = await readFile(await exportFile(playground, 'Whole run'));
  const locks = ['cuts', 'batch'] as const;
  const class8 = teachingHash({ ...small, batch: 8 }, { lesson: undefined, step: 0, locks, memoryBudget: undefined });
  await page.goto('about:blank');
  await playground.open(class8);
  const refused = page.getByRole('alert').filter({ hasText: "Batch size is locked by the teacher's link" });
  await page.getByRole('list', { name: 'Unfinished runs' }).getByRole('button', { name: 'Resume' }).click();
  await expect(refused).toBeVisible();
  await refused.getByRole('button', { name: 'Dismiss' }).click();
  await expect(refused).toHaveCount(0);
  for (const [name, buffer] of [
    ['run.hpff.zip', whole],
    ['experiment.json', Buffer.from(JSON.stringify(small))],
  ] as const) {
    const chooser = page.waitForEvent('filechooser');
    await playground.press('Import');
    await (await chooser).setFiles([{ name, mimeType: '', buffer }]);
    await expect(refused).toBeVisible();
    await refused.getByRole('button', { name: 'Dismiss' }).click();
  }
  await expect(playground.region('Controls').getByRole('spinbutton', { name: 'Batch size', exact: true })).toHaveValue(
    '8',
  );
  await playground.press('One step');
  await playground.waitForStep(1);
  expect(playground.problems).toEqual([]);
});

test('a broken link is refused in words', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(`#class=${encodeURIComponent('{"version":1,"locks":["nothing"]}')}`);
  await expect(page.getByRole('alert').filter({ hasText: 'cannot be read' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the lessons screen, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const playground = new Playground(page);
    await playground.openWith(small);
    await page.getByRole('tab', { name: 'Lessons' }).click();
    await expect(playground.region('Results of the lesson')).toContainText('1.00×');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
}
