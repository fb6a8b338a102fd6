import { expect, type Page, test } from '@playwright/test';
import { small } from './experiments.ts';
import { expectNothingOfAxe } from './pages/axe.ts';
import { Playground } from './pages/playground.ts';
import { atEachSize, expectInReach } from './pages/sizes.ts';
import { becomes } from './pages/visibility.ts';

const paper = { ...small, pff: 'paper', firstIndependent: true, bn: 'once' };

/** A table's cells, header first. */
const cells = (page: Page, name: string | RegExp): Promise<string[][]> =>
  page
    .getByRole('table', { name })
    .evaluate((table) =>
      [...(table as HTMLTableElement).rows].map((row) => [...row.cells].map((cell) => cell.textContent ?? '')),
    );

/** Class with the largest number of a column. */
const largest = (rows: readonly string[][], column: number) =>
  rows.slice(1).reduce((best, row) => (Number(row[column]) > Number(best[column]) ? row : best))[0];

test('insight shows reconstructions, exits, patches, predictions and a block, wide and on a phone', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = new Playground(page);
  await playground.openWith(paper);
  await playground.press('To next epoch');
  await playground.waitForStep(20);
  await playground.waitForStatus('paused');
  await page.getByRole('tab', { name: 'Insight' }).click();
  const exits = playground.region('Early exits');
  const predictions = playground.region('Predictions');
  const own = playground.region('Your image');
  await atEachSize(page, async () => {
    const made = page.getByRole('img', { name: 'Reconstruction of input 3 from module 1' });
    await made.scrollIntoViewIfNeeded();
    await expect(page.getByRole('img', { name: /^Input 3: / })).toBeInViewport();
    await expect(made).toBeInViewport();
    await expect(page.getByRole('columnheader', { name: /^module 1\s+2×2$/ })).toBeVisible();

    // Every exit answers each image, and says how sure it is.
    await exits.getByRole('button', { name: /^Image 1, / }).click();
    await expect(exits.getByRole('row')).toHaveCount(8 + 11);
    for (const exit of ['module 0 independent', 'module 1 cascade', 'module 2 probe', 'module 2 head'])
      await expect(exits.getByRole('row', { name: exit })).toContainText(/(right|wrong)\d+\.\d\s%$/);
    // The patches' logits by themselves; the answer is of their mean.
    await exits.getByRole('combobox', { name: 'of' }).selectOption('module 1 independent');
    const logits = await cells(page, 'Logits of module 1 independent');
    expect(logits).toHaveLength(11);
    for (const [, ...numbers] of logits.slice(1)) {
      const [mean, ...patches] = numbers.map(Number).reverse();
      expect(patches).toHaveLength(4);
      expect(mean).toBeCloseTo(patches.reduce((sum, value) => sum + value, 0) / 4, 1);
    }
    await expect(exits.getByRole('row', { name: 'module 1 independent' })).toContainText(largest(logits, 5) ?? '');

    await playground.press('Predict test images');
    await expect(predictions).toContainText('of 100 right');
    const right = Number(/(\d+) of 100 right/.exec((await predictions.textContent()) ?? '')?.[1]);
    const answers = await predictions.getByRole('listitem').allTextContents();
    const firstRight = answers.findIndex((words) => words.endsWith('right'));
    expect(firstRight === -1 ? answers.length : firstRight).toBe(Math.min(answers.length, 100 - right));
    const sure = answers.slice(0, 100 - right).map((words) => Number(/([\d.]+)\s%/.exec(words)?.[1]));
    expect(sure).toEqual([...sure].sort((one, other) => other - one));
    const matrix = (await cells(page, /Rows: what it is/)).slice(1).map((row) => row.slice(1).map(Number));
    expect(matrix.flat().reduce((sum, images) => sum + images, 0)).toBe(100);
    expect(matrix.reduce((sum, row, place) => sum + (row[place] ?? 0), 0)).toBe(right);

    const block = playground.region('Block').getByRole('combobox');
    for (const [key, channels] of [
      ['2.0', 16],
      ['stem', 8],
    ] as const) {
      await block.selectOption(key);
      await expect(page.getByRole('img', { name: `Output of block ${key}, ${channels} channels` })).toBeVisible();
      await expect(page.getByRole('img', { name: `Filters of block ${key}` })).toBeVisible();
    }
    await expectInReach(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expectNothingOfAxe(page, colorScheme);
    }

    // An image that is drawn is answered by every exit.
    const board = own.getByRole('img', { name: 'Drawing board' });
    await board.scrollIntoViewIfNeeded();
    const box = await board.boundingBox();
    if (box === null) throw new Error('there is no board');
    await page.mouse.move(box.x + 40, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + 150, box.y + 150, { steps: 5 });
    await page.mouse.up();
    await expect(exits.getByRole('button', { name: 'Image 0, yours' })).toBeVisible();
    await expect(own.getByRole('status', { name: 'Answer for your image' })).toContainText('%');
    await own.getByRole('button', { name: 'Clear' }).click();
    await playground.press('Images after');
    await expect(exits.getByRole('button', { name: /^Image 3, / })).toBeVisible();
  });
  // What was seen of a run stays while it is the live one.
  await page.getByRole('tab', { name: 'Train' }).click();
  await page.getByRole('tab', { name: 'Insight' }).click();
  await expect(predictions).toContainText('of 100 right');
  expect(playground.problems).toEqual([]);
});

test('insight follows the run while it is seen, at a cost it says, and the run goes on', async ({ page }) => {
  // The page's own clock can be put forward: the slower a look, the rarer it is.
  await page.clock.install();
  const playground = new Playground(page);
  // No evaluation in between gives it a push.
  await playground.openWith({ ...small, evaluateEvery: 0 });
  await playground.press('Play');
  await playground.waitForStep(3);
  await page.getByRole('tab', { name: 'Insight' }).click();
  const bar = playground.region('What is looked at');
  await expect(bar).toContainText(/step \d+, took .*s; needs .*B while it lasts; at most 5 % of the time/);
  const lookedAt = async () =>
    Number(/step ([\d,]+), took/.exec((await bar.textContent()) ?? '')?.[1]?.replace(',', ''));
  const later = async () => {
    await playground.waitForStep((await playground.step()) + 3);
    await page.clock.fastForward('02:00');
    return lookedAt();
  };
  const first = await lookedAt();
  await expect.poll(later).toBeGreaterThan(first);
  // Nobody looks at a hidden page, but for a look that was under way; once it is seen again, it goes on.
  await becomes(page, 'hidden');
  await later();
  const hidden = await later();
  expect(await later()).toBe(hidden);
  const step = await playground.step();
  await becomes(page, 'visible');
  await expect.poll(later).toBeGreaterThan(step);
  // So do the answers on the test part, once they were asked for.
  const predictions = playground.region('Predictions');
  await playground.press('Predict test images');
  const predictedAt = async () =>
    Number(/at step ([\d,]+),/.exec((await predictions.textContent()) ?? '')?.[1]?.replace(',', ''));
  await expect.poll(predictedAt).toBeGreaterThan(0);
  const asked = await predictedAt();
  await expect.poll(async () => (await later()) && predictedAt()).toBeGreaterThan(asked);
  await bar.getByRole('radio', { name: 'when asked' }).check({ force: true });
  expect(await playground.step()).toBeGreaterThan(step);
  expect(playground.problems).toEqual([]);
});
