import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import type { Experiment } from '../src/experiment/experiment.ts';
import { presetExperiment } from '../src/experiment/presets.ts';
import { readRunZip } from '../src/formats/run-zip/run-zip.ts';
import { recordOf } from '../src/store/compare/test-support.ts';
import { small } from './experiments.ts';
import { expectNothingOfAxe } from './pages/axe.ts';
import { CarriedFiles } from './pages/drag-files.ts';
import { watchHeaps } from './pages/heaps.ts';
import { classFiles, comparedRuns } from './pages/made-up-runs.ts';
import { watchMainThread } from './pages/main-thread.ts';
import { Playground } from './pages/playground.ts';
import { atEachSize, expectInReach, expectNoSidewaysScroll, showAt, sizes } from './pages/sizes.ts';

/** Two steps and done. */
const tiny = { ...small, trainSize: 32, testSize: 20, epochs: 1 };
const tooLarge = 8;

const row = (page: Page, name: string | RegExp) =>
  page
    .getByRole('region', { name: 'Table of runs', exact: true })
    .getByRole('row', { name, exact: typeof name === 'string' });

async function openRuns(page: Page, experiment: object = tiny): Promise<Playground> {
  const playground = new Playground(page);
  await playground.openWith(experiment);
  await page.getByRole('tab', { name: 'Runs' }).click();
  return playground;
}

/** Opens the menu of a run and chooses an item of it. */
async function choose(page: Page, run: string, item: string) {
  await page.getByRole('button', { name: `More for ${run}`, exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

test('one click trains the same with BP, without HiLo, without PFF: named by what differs, on shared charts, kept, renamed, deleted, exported', async ({
  page,
}) => {
  const playground = await openRuns(page);
  await playground.press('Play');
  await playground.waitForStatus('finished');
  for (const name of ['Same, with BP', 'Same, without HiLo', 'Same, without PFF']) await playground.press(name);
  const queue = playground.region('Queue');
  await expect(queue.getByText('done, test')).toHaveCount(3, { timeout: 120_000 });
  const table = playground.region('Table of runs');
  const own = 'InfoPro + HPFF (released)';
  const names = [own, 'BP', 'InfoPro + PFF', 'InfoPro + HiLo'];
  await atEachSize(page, async (size) => {
    for (const name of names) await expect(row(page, name)).toContainText('finished');
    await expect(page.getByRole('group', { name: 'The same run again' })).toContainText(`${own} again:`);
    for (const head of ['Last', 'Best on test', 'Time', 'Planned memory', 'Measured peak', 'Images/s'])
      await expect(table.getByRole('columnheader', { name: head, exact: true })).toBeVisible();
    await expect(table.getByRole('checkbox', { name: `Compare ${own}` })).toBeChecked();
    const chart = playground.region('Charts').getByRole('figure', { name: 'Final accuracy', exact: true });
    await expect(chart).toContainText(own);
    await table.getByRole('checkbox', { name: 'Compare BP' }).setChecked(size === 'wide');
    await expect(chart.getByRole('listitem').filter({ hasText: /^BP/ })).toHaveCount(size === 'wide' ? 1 : 0);

    // Named, deleted and brought back.
    const name = `mine, ${size}`;
    await choose(page, names[2] as string, 'Rename');
    await page.getByRole('textbox', { name: /^Name of/ }).fill(name);
    await page.keyboard.press('Enter');
    await expect(row(page, name)).toBeVisible();
    await choose(page, name, 'Delete');
    await expect(row(page, name)).toHaveCount(0);
    await playground.region('Runs').getByRole('button', { name: 'Undo', exact: true }).click();
    await expect(row(page, name)).toBeVisible();

    // A run that is not the live one leaves whole, and as measurements.
    await choose(page, name, 'Export');
    const dialog = page.getByRole('dialog', { name: `Export ${name}` });
    await expect(dialog.getByRole('radio', { name: 'Whole run' })).toBeChecked();
    const arrived = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Download Whole run' }).click();
    const download = await arrived;
    expect(download.suggestedFilename()).toBe(`mine-${size}.run.hpff.zip`);
    const whole = readRunZip(await readFile(await download.path()), 'mine');
    expect(whole.ok && [whole.value.record.name, whole.value.history.train.length]).toEqual([name, 2]);
    expect(whole.ok && whole.value.weights.metadata.step).toBe('2');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: `More for ${name}` })).toBeFocused();
    // Without a name it is called by what differs.
    await choose(page, name, 'Rename');
    await page.getByRole('textbox', { name: /^Name of/ }).fill('');
    await page.keyboard.press('Enter');
    await expect(row(page, names[2] as string)).toBeVisible();
  });
  const measured = page.waitForEvent('download');
  await choose(page, 'BP', 'Download measurements (JSON)');
  const json = await measured;
  expect(json.suggestedFilename()).toBe('bp.metrics.json');
  expect(JSON.parse(await readFile(await json.path(), 'utf8'))).toMatchObject({
    format: 'hpff-metrics',
    train: { step: [1, 2] },
  });
  // On a phone, too.
  await showAt(page, 'phone');
  for (const name of ['Same, with BP', 'Same, without HiLo', 'Same, without PFF']) await playground.press(name);
  await expect(queue.getByText('done, test')).toHaveCount(6, { timeout: 120_000 });
  for (const name of names.slice(1)) await expect(row(page, `${name} #2`)).toContainText('finished');
  await atEachSize(page, async (size) => {
    await choose(page, 'BP', 'Duplicate');
    await expect(row(page, size === 'wide' ? 'BP #3' : 'BP #4')).toContainText('paused');
    await expect.poll(() => playground.step()).toBe(0);
    await playground.press('One step');
    await playground.waitForStep(1);
    await playground.waitForStatus('paused');
  });
  // A page that was just opened reads what is compared from what was kept.
  const kept = names[2] as string;
  await page.reload();
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByRole('checkbox', { name: `Compare ${kept}`, exact: true }).check();
  await expect(playground.region('Charts').getByRole('figure', { name: 'Final accuracy', exact: true })).toContainText(
    kept,
  );
  expect(playground.problems).toEqual([]);
});

test('a sweep shows its runs before, says what is not possible, trains K = 1 once for all methods, and draws what they come to', async ({
  page,
}) => {
  const playground = await openRuns(page);
  // A run that belongs to no sweep.
  await playground.press('One step');
  await playground.waitForStep(1);
  await playground.waitForStatus('paused');
  const sweep = playground.region('Sweep');
  const choice = (name: string) => sweep.getByRole('checkbox', { name, exact: true });
  const planned = playground.region('Planned runs');
  const names = planned.getByRole('rowheader');
  await atEachSize(page, async () => {
    await choice('1').check();
    await choice(String(tooLarge)).check();
    await choice('DGL').check();
    await expect(sweep).toContainText('asks for 8 modules');
    await choice(String(tooLarge)).uncheck();
    await choice('2').check();
    await sweep.getByRole('spinbutton', { name: 'Seeds' }).fill('2');
    await expect(names).toHaveCount(6);
    await expect(sweep).toContainText(
      'K = 1 is back-propagation for every method: trained once, and drawn as a point of all 2.',
    );
    await expect(planned.getByRole('row').nth(2)).toContainText(/MB.*\d\.\d\d\u00d7.*M/);
    // Each choice can be taken back.
    await sweep.getByRole('spinbutton', { name: 'Seeds' }).fill('1');
    await choice('DGL').uncheck();
    await expect(names).toHaveCount(2);
    await expect(sweep).not.toContainText('trained once');
    for (const name of ['1', '2']) await choice(name).uncheck();
    await expect(names).toHaveCount(1);
  });
  for (const name of ['1', '2', 'DGL']) await choice(name).check();
  await sweep.getByRole('spinbutton', { name: 'Seeds' }).fill('2');
  await sweep.getByRole('button', { name: 'Queue 6 runs' }).click();
  await expect(playground.region('Queue').getByText('done, test')).toHaveCount(6, { timeout: 120_000 });
  const rows = await playground.chartTable('Test error against K');
  expect(rows.slice(1).map((cells) => cells.slice(0, 3))).toEqual(
    expect.arrayContaining([
      ['InfoPro + HPFF (released)', '1', '2'],
      ['InfoPro + HPFF (released)', '2', '2'],
      ['DGL', '1', '2'],
      ['DGL', '2', '2'],
    ]),
  );
  expect(rows).toHaveLength(5);
  const errorAtOne = rows.filter((cells) => cells[1] === '1').map((cells) => cells[3]);
  expect(errorAtOne[0]).toMatch(/%/);
  expect(errorAtOne[0]).toBe(errorAtOne[1]);
  await atEachSize(page, async () => {
    await page.getByLabel('Group by').selectOption('all but the seed');
    const table = playground.region('Table of runs');
    await expect(table.getByRole('rowheader', { name: /2 runs$/ })).toHaveCount(3);
    await page.getByLabel('Group by').selectOption('Sweep');
    await expect(table.getByRole('rowheader', { name: /^K = 1, 2; 2 methods; 2 seeds .* 6 runs$/ })).toBeVisible();
  });
  expect(playground.problems).toEqual([]);
});

test('how the screen of runs is set stays while another is on show: order, groups, sweep, whose results, the largest batch', async ({
  page,
}) => {
  const playground = await openRuns(page);
  await page.getByLabel('Run files').setInputFiles(comparedRuns());
  const table = playground.region('Table of runs');
  const sweep = playground.region('Sweep');
  const batch = playground.region('Largest batch that fits');
  const results = playground.region('Costs and results').getByRole('combobox');
  const last = table.getByRole('columnheader', { name: 'Last', exact: true });
  await batch.getByRole('spinbutton', { name: /Memory budget/ }).fill('4');
  await batch.getByRole('button', { name: 'Search' }).click();
  await atEachSize(page, async (size) => {
    const seeds = size === 'wide' ? '3' : '4';
    await last.getByRole('button').click();
    const order = (await last.getAttribute('aria-sort')) ?? '';
    await page.getByLabel('Group by').selectOption(size === 'wide' ? 'Method' : 'File');
    const grouping = await page.getByLabel('Group by').inputValue();
    await results.selectOption('compared runs');
    await sweep.getByRole('checkbox', { name: 'DGL', exact: true }).setChecked(size === 'wide');
    await sweep.getByRole('checkbox', { name: '2', exact: true }).setChecked(size === 'phone');
    await sweep.getByRole('spinbutton', { name: 'Seeds' }).fill(seeds);
    // A search under way goes on meanwhile.
    for (const tab of ['Train', 'Runs']) {
      await page.getByRole('tab', { name: tab }).click();
      await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible();
    }
    await expect(last).toHaveAttribute('aria-sort', order);
    await expect(page.getByLabel('Group by')).toHaveValue(grouping);
    await expect(results).toHaveValue('compared');
    await expect(sweep.getByRole('checkbox', { name: 'DGL', exact: true })).toBeChecked({ checked: size === 'wide' });
    await expect(sweep.getByRole('checkbox', { name: '2', exact: true })).toBeChecked({ checked: size === 'phone' });
    await expect(sweep.getByRole('spinbutton', { name: 'Seeds' })).toHaveValue(seeds);
    await expect(batch.getByRole('spinbutton', { name: /Memory budget/ })).toHaveValue('4');
    await expect(batch).toContainText('11 methods searched', { timeout: 60_000 });
    await expect(batch.getByRole('row', { name: /^DGL / }).first()).toContainText(/MB/);
  });
  expect(playground.problems).toEqual([]);
});

test('the largest batch that fits is found for every method and taken over', async ({ page }) => {
  const playground = await openRuns(page);
  const panel = playground.region('Largest batch that fits');
  await panel.getByRole('spinbutton', { name: /Memory budget/ }).fill('4');
  await panel.getByRole('button', { name: 'Search' }).click();
  await expect(panel).toContainText('11 methods searched', { timeout: 60_000 });
  const use = panel.getByRole('button', { name: /^Use batch \d+ with as in the controls/ });
  const batch = /batch (\d+)/.exec((await use.getAttribute('aria-label')) ?? '')?.[1] ?? '';
  await atEachSize(page, async () => {
    for (const method of ['as in the controls', 'BP', 'DGL', 'InfoPro + HPFF'])
      await expect(panel.getByRole('row').filter({ hasText: method }).first()).toContainText(/\d.*MBUse$/);
    await expect(use).toBeVisible();
  });
  await page.setViewportSize(sizes[0][1]);
  await use.click();
  await page.getByRole('tab', { name: 'Train' }).click();
  await expect(playground.region('Controls').getByRole('spinbutton', { name: 'Batch size', exact: true })).toHaveValue(
    batch,
  );
  // An answer holds for what was searched for.
  await page.getByRole('tab', { name: 'Runs' }).click();
  await panel.getByRole('button', { name: 'Search' }).click();
  await expect(panel).toContainText('11 methods searched', { timeout: 60_000 });
  await panel.getByRole('spinbutton', { name: /Memory budget/ }).fill('5');
  await expect(panel).toContainText('search again');
  await expect(use).toBeDisabled();
  expect(playground.problems).toEqual([]);
});

test('runs of files side by side: ordered, grouped by what differs, results with mean and spread, reported figures; by keyboard alone; axe finds nothing', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const playground = await openRuns(page);
  await page
    .getByLabel('Run files')
    .setInputFiles([
      ...comparedRuns(),
      runFile('ada', 0.5, { ...bp, cuts: 'k1' }),
      runFile('ben', 0.6, { cuts: 'k2' }),
      runFile('cleo', 0.64, { cuts: 'k2', seed: 2 }),
      runFile('dora', 0.9, presetOf('dgl/resnet32-all')),
      { name: 'no.json', mimeType: '', buffer: Buffer.from('no') },
    ]);
  const table = playground.region('Table of runs');
  await expect(row(page, 'dora')).toBeVisible();
  await expect(playground.region('Runs').getByRole('alert')).toContainText('no.json');
  await comparesAndExportsByKeyboard(page);
  const results = playground.region('Costs and results');
  await results.getByRole('combobox').selectOption('compared runs');
  const fromFiles = async () =>
    (await table.getByRole('row').filter({ hasText: 'from a file' }).allTextContents())
      .map((text) => /ada|ben|cleo|dora/.exec(text)?.[0])
      .filter((name) => name !== undefined);
  await atEachSize(page, async (size) => {
    await page.getByLabel('Group by').selectOption('nothing');
    const last = table.getByRole('columnheader', { name: 'Last', exact: true });
    await last.getByRole('button').click();
    await expect(last).toHaveAttribute('aria-sort', 'descending');
    expect(await fromFiles()).toEqual(['dora', 'cleo', 'ben', 'ada']);
    await last.getByRole('button').click();
    await expect(last).toHaveAttribute('aria-sort', 'ascending');
    expect(await fromFiles()).toEqual(['ada', 'ben', 'cleo', 'dora']);
    // The paper's figure beside the run's own, and called so.
    await expect(table.getByRole('columnheader', { name: 'As reported' })).toBeVisible();
    await expect(row(page, 'dora')).toContainText(/90\.0\s%.*85\.9\s%/);
    await page.getByLabel('Group by').selectOption('all but the seed');
    await expect(table.getByRole('row', { name: /K = 2.*2 runs/ })).toContainText(/62\.0\s% \u00b1 2\.8\s%/);
    await page.getByLabel('Group by').selectOption('Method');
    await expect(table.getByRole('rowheader', { name: /^BP \d runs$/ })).toBeVisible();
    const accuracy = playground.region('Charts').getByRole('figure', { name: 'Final accuracy', exact: true });
    for (const name of ['HPFF', 'BP', 'HPFF without HiLo'])
      await expect(accuracy.getByText(name, { exact: true })).toBeVisible();
    const error = await playground.chartTable('Test error against K');
    expect(error.find((cells) => cells[1] === '2')?.slice(2)).toEqual(['2', '38.0\u00a0% \u00b1 2.8\u00a0%']);
    for (const [title, columns] of [
      ['Memory against K', 1],
      ['Multiply-adds per image against K', 1],
      ['Test error against memory', 2],
      ['Test error against multiply-adds per image', 2],
      ['Memory against multiply-adds per image', 2],
    ] as const) {
      const rows = await playground.chartTable(title);
      expect(rows[0]).toHaveLength(3 + columns);
      expect(rows.length).toBeGreaterThan(3);
    }
    await expectInReach(page);
    // Beneath the header, which stays, a control is no target.
    await page.evaluate(() => scrollTo(0, 0));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect(page.getByRole('button', { name: /^Use the .* theme$/ })).toHaveAccessibleName(
        `Use the ${colorScheme === 'dark' ? 'light' : 'dark'} theme`,
      );
      await expectNothingOfAxe(page, `${colorScheme}, ${size}`);
    }
  });
  expect(playground.problems).toEqual([]);
});

test('the files of a class, dropped at once and from the picker: whose each is, by file, ordered; a broken one is named and the others are there; taken off by file', async ({
  page,
  browser,
}, info) => {
  const playground = await openRuns(page);
  const files = classFiles(30, 300);
  const broken = {
    name: 'pupil 99.metrics.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"format":"hpff-'),
  };
  const table = playground.region('Table of runs');
  const rows = table.getByRole('row').filter({ hasText: 'from a file' });
  const heap = await watchHeaps(page);
  const before = await heap();
  const given = [...files, broken];
  const paths = given.map(({ name }) => info.outputPath(name));
  await mkdir(info.outputPath(), { recursive: true });
  await Promise.all(given.map(({ buffer }, place) => writeFile(paths[place] as string, buffer)));
  for (const [size] of sizes) {
    await showAt(page, size);
    await page.evaluate(() => scrollTo(0, 0));
    const started = Date.now();
    const carried = new CarriedFiles(page, paths);
    await carried.over(200, 400);
    await expect(page.getByText('Drop exported runs, or the results of a class')).toBeVisible();
    const { tasks } = await watchMainThread(browser, page, info.outputPath(`${size}.json`), async () => {
      await carried.letGo(200, 400);
      // Three of the first pupil.
      await expect(rows).toHaveCount(32);
    });
    expect(Date.now() - started).toBeLessThan(20_000);
    info.annotations.push({ type: 'main thread', description: `${size}: longest task ${tasks[0]?.toFixed(1)} ms` });
    expect(tasks[0]).toBeLessThan(100);
    const alert = playground.region('Runs').getByRole('alert');
    await expect(alert).toContainText('pupil 99.metrics.json');
    await expect(alert).toContainText('The other 30 files are shown.');
    await alert.getByRole('button', { name: 'Dismiss' }).click();

    const from = table.getByRole('columnheader', { name: 'From', exact: true });
    await from.getByRole('button').click();
    // Ordered the other way at the second size: how the table is ordered stays.
    if (size === 'phone') {
      await expect(from).toHaveAttribute('aria-sort', 'descending');
      await from.getByRole('button').click();
    }
    await expect(from).toHaveAttribute('aria-sort', 'ascending');
    await expect(rows.first()).toContainText('pupil 01');
    await expect(rows.last()).toContainText('pupil 30');
    await expect(row(page, 'pupil 07').getByRole('cell', { name: 'pupil 07', exact: true })).toBeVisible();
    await page.getByLabel('Group by').selectOption('File');
    await expect(table.getByRole('rowheader', { name: /^pupil 01 3 runs$/ })).toBeVisible();
    await expect(table.getByRole('rowheader', { name: /^this browser 1 run$/ })).toBeVisible();
    await expectInReach(page);
    await expectNoSidewaysScroll(page);

    await table.getByRole('button', { name: 'Close pupil 01', exact: true }).click();
    await expect(rows).toHaveCount(29);
    await choose(page, 'pupil 02', 'Close');
    await expect(rows).toHaveCount(28);
    // Twelve of them again, from the picker: what is there stays, and the new ones are numbered.
    await page.getByLabel('Run files').setInputFiles([...files.slice(0, 12), broken]);
    await expect(rows).toHaveCount(28 + 14);
    await expect(alert).toContainText('The other 12 files are shown.');
    await expect(row(page, 'pupil 03 (2)')).toBeVisible();
    await page.getByRole('button', { name: /^More for pupil 01: BP/ }).click();
    await page.getByRole('menuitem', { name: 'Close all 3 of pupil 01', exact: true }).click();
    await expect(rows).toHaveCount(28 + 11);
    for (const name of await table
      .getByRole('button', { name: /^Close pupil/ })
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? '')))
      await table.getByRole('button', { name, exact: true }).click();
    await expect(rows).toHaveCount(0);
    await expect(from).toHaveCount(0);
  }
  const after = await heap();
  // Nothing of 60 closed files stays but code and caches.
  expect(after.page.buffers - before.page.buffers).toBeLessThan(8e6);
  expect(playground.problems).toEqual([]);
});

/** Saves the table, and takes a run off the charts and onto them again, from the tab of the screen on. */
async function comparesAndExportsByKeyboard(page: Page): Promise<void> {
  const focused = (name: string, role: 'checkbox' | 'button') =>
    page.getByRole(role, { name, exact: true }).evaluate((node) => node === document.activeElement);
  await page.getByRole('tab', { name: 'Runs' }).focus();
  const tabTo = async (name: string, role: 'checkbox' | 'button') => {
    for (let presses = 0; presses < 100 && !(await focused(name, role)); presses++) await page.keyboard.press('Tab');
  };
  await tabTo('Table as CSV', 'button');
  const arrived = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  const saved = await readFile(await (await arrived).path(), 'utf8');
  expect(saved).toMatch(/^name,state,from,lastTest/);
  expect(saved).toContain('ada,finished,ada,0.5,');
  await tabTo('Compare ada', 'checkbox');
  const compared = page.getByRole('checkbox', { name: 'Compare ada' });
  await expect(compared).toBeChecked();
  await page.keyboard.press('Space');
  await expect(compared).not.toBeChecked();
  await page.keyboard.press('Space');
  await expect(compared).toBeChecked();
}

const bp = { method: 'bp', hilo: false, window: 1, pff: 'none', bn: 'once' } as const;

function presetOf(name: string): Experiment {
  const preset = presetExperiment(name);
  if (!preset.ok) throw new Error(preset.error.message);
  return preset.value;
}

/** An exported record. */
function runFile(name: string, lastTest: number, change: Partial<Experiment> = {}) {
  const { widths, auxDim } = small;
  const record = recordOf('1', { widths, auxDim, ...change }, { scores: { lastTest, bestTest: lastTest } });
  return { name: `${name}.run.json`, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(record)) };
}
