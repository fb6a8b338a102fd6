import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { startingExperiment } from '../src/experiment/presets.ts';
import { recordOf } from '../src/store/compare/test-support.ts';
import { small } from './experiments.ts';
import { Playground } from './pages/playground.ts';

/** Four steps and done. */
const tiny = { ...small, trainSize: 64, testSize: 20, epochs: 1 };
const tooLarge = 8;

const row = (page: Page, name: string | RegExp) =>
  page.getByRole('region', { name: 'Table of runs', exact: true }).getByRole('row', { name }).first();

async function openRuns(page: Page): Promise<Playground> {
  const playground = new Playground(page);
  await playground.openWith(tiny);
  await page.getByRole('tab', { name: 'Runs' }).click();
  return playground;
}

test('one click trains the same with BP, and both stand in the table and on the charts', async ({ page }) => {
  const playground = await openRuns(page);
  await playground.press('Play');
  await playground.waitForStatus('finished');
  await playground.press('Same, with BP');
  await expect(playground.region('Queue')).toContainText('done, test', { timeout: 120_000 });
  const table = playground.region('Table of runs');
  await expect(row(page, 'BP')).toContainText('finished');
  await expect(row(page, /^InfoPro/)).toContainText('finished');
  await expect(table.getByRole('checkbox', { name: /^Compare InfoPro/ })).toBeChecked();

  // Ordered by a column, named, deleted and brought back.
  await table.getByRole('button', { name: 'Planned memory' }).click();
  await expect(table.getByRole('columnheader', { name: 'Planned memory' })).toHaveAttribute('aria-sort', 'descending');
  await table.getByRole('button', { name: /^More for InfoPro/ }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: /^Name of/ }).fill('mine');
  await page.keyboard.press('Enter');
  await expect(row(page, 'mine')).toBeVisible();
  await table.getByRole('button', { name: 'More for mine' }).click();
  const arrived = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Download measurements (JSON)' }).click();
  const download = await arrived;
  expect(download.suggestedFilename()).toBe('mine.metrics.json');
  expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject({
    format: 'hpff-metrics',
    train: { step: [1, 2, 3, 4] },
  });
  await table.getByRole('button', { name: 'More for mine' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(row(page, 'mine')).toHaveCount(0);
  await playground.region('Runs').getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(row(page, 'mine')).toBeVisible();
  expect(playground.problems).toEqual([]);
});

test('a sweep shows its runs before, says what is not possible, and draws what they come to', async ({ page }) => {
  const playground = await openRuns(page);
  const sweep = playground.region('Sweep');
  await sweep.getByRole('checkbox', { name: '1', exact: true }).check();
  await sweep.getByRole('checkbox', { name: '2', exact: true }).check();
  await sweep.getByRole('checkbox', { name: String(tooLarge), exact: true }).check();
  await expect(sweep).toContainText('asks for 8 modules');
  await expect(playground.region('Planned runs').getByRole('row').nth(1)).toContainText(/MB/);
  await sweep.getByRole('button', { name: 'Queue 2 runs' }).click();
  await expect(playground.region('Queue').getByText('done, test')).toHaveCount(2, { timeout: 120_000 });
  const rows = await playground.chartTable('Test error against K');
  expect(rows.slice(1).map((cells) => cells[1])).toEqual(['1', '2']);
  expect(rows[1]?.[3]).toMatch(/%/);
  expect(playground.problems).toEqual([]);
});

test('the largest batch that fits is found and taken over', async ({ page }) => {
  const playground = await openRuns(page);
  const panel = playground.region('Largest batch that fits');
  await panel.getByRole('spinbutton', { name: /Memory budget/ }).fill('20');
  await panel.getByRole('button', { name: 'Search' }).click();
  const use = panel.getByRole('button', { name: /^Use batch \d+ with as in the controls/ });
  await expect(use).toBeVisible({ timeout: 60_000 });
  expect(playground.problems).toEqual([]);
});

test('keyboard alone compares and exports', async ({ page }) => {
  const playground = await openRuns(page);
  await page
    .getByLabel('Run files')
    .setInputFiles([
      runFile('ada', 0.5),
      runFile('ben', 0.6),
      { name: 'no.json', mimeType: '', buffer: Buffer.from('no') },
    ]);
  await expect(row(page, 'ada')).toContainText('50.0');
  await expect(playground.region('Runs').getByRole('alert')).toContainText('no.json');
  const focused = (name: string, role: 'checkbox' | 'button') =>
    page.getByRole(role, { name, exact: true }).evaluate((node) => node === document.activeElement);
  await page.getByRole('tab', { name: 'Runs' }).focus();
  const tabTo = async (name: string, role: 'checkbox' | 'button') => {
    for (let presses = 0; presses < 60 && !(await focused(name, role)); presses++) await page.keyboard.press('Tab');
  };
  await tabTo('Table as CSV', 'button');
  const arrived = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  const saved = await readFile(await (await arrived).path(), 'utf8');
  expect(saved).toMatch(/^name,state,lastTest/);
  expect(saved).toContain('ada,finished,0.5,');
  await tabTo('Compare ada', 'checkbox');
  await expect(page.getByRole('checkbox', { name: 'Compare ada' })).toBeChecked();
  await page.keyboard.press('Space');
  await expect(page.getByRole('checkbox', { name: 'Compare ada' })).not.toBeChecked();
  expect(playground.problems).toEqual([]);
});

test('an edit is taken back and made again by keys', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(tiny);
  await playground.setNumber('Learning rate', 0.25);
  const rate = playground.region('Controls').getByRole('spinbutton', { name: 'Learning rate', exact: true });
  await page.keyboard.press('Control+z');
  await expect(rate).toHaveValue('0.05');
  await page.keyboard.press('Control+Shift+z');
  await expect(rate).toHaveValue('0.25');
  await playground.press('Undo edit');
  await expect(rate).toHaveValue('0.05');
});

test('the tour goes over the page and can be left', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(tiny);
  await playground.press('Take the tour');
  const tour = playground.region('Tour');
  await expect(tour).toContainText('1 of 6');
  for (let step = 2; step <= 6; step++) {
    await tour.getByRole('button', { name: 'Next' }).click();
    await expect(tour).toContainText(`${step} of 6`);
    await expect(page.locator('[data-toured]')).toHaveCount(1);
  }
  await page.keyboard.press('Escape');
  await expect(tour).toHaveCount(0);
  await page.reload();
  await playground.waitForStatus('paused');
  await expect(page.getByRole('button', { name: 'Take the tour' })).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [name, viewport] of [
    ['wide', { width: 1440, height: 900 }],
    ['phone', { width: 390, height: 844 }],
  ] as const) {
    test(`axe finds nothing on the page of runs, ${colorScheme}, ${name}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize(viewport);
      const playground = await openRuns(page);
      await page
        .getByLabel('Run files')
        .setInputFiles([runFile('ada', 0.5), runFile('ben', 0.6), runFile('cleo', 0.7)]);
      await expect(row(page, 'cleo')).toBeVisible();
      await page.getByLabel('Group by').selectOption('cuts');
      await playground.chartTable('Memory against K');
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(viewport.width);
    });
  }
}

/** An exported record. */
function runFile(name: string, lastTest: number) {
  const cuts = { ada: 'k1', ben: 'k2', cleo: 'k3' }[name] as 'k1' | 'k2' | 'k3';
  const { widths, auxDim } = small;
  const change = { widths, auxDim, cuts, ...(cuts === 'k1' ? { window: 1, bn: 'once' as const } : {}) };
  const record = recordOf('1', change, { scores: { lastTest, bestTest: lastTest } });
  expect(record.experiment.method).toBe(startingExperiment.method);
  return { name: `${name}.run.json`, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(record)) };
}
