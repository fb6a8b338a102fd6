import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { teachingHash } from '../src/store/teaching.ts';
import { small } from './experiments.ts';
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
