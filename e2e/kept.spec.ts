import { expect, type Page, test } from '@playwright/test';
import { small } from './experiments.ts';
import { Playground } from './pages/playground.ts';
import { atEachSize, showAt } from './pages/sizes.ts';

const goTo = (page: Page, screen: string) => page.getByRole('tab', { name: screen, exact: true }).click();

/** Leaves a screen and comes back: at once, or when the screen with its panel was taken away. */
async function leave(page: Page, screen: string, panel: string, how: 'at once' | 'later' = 'later'): Promise<void> {
  await goTo(page, 'Runs');
  if (how === 'later') await expect(page.locator('h2', { hasText: panel })).toHaveCount(0);
  await goTo(page, screen);
}

test('what was chosen, typed or drawn on a screen is there when it comes back, wide and on a phone', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await atEachSize(page, async (size) => {
    await goTo(page, 'Train');
    const charts = playground.region('Charts');
    const chosen = [
      charts.getByRole('group', { name: 'Classifier' }).getByLabel(size === 'wide' ? 'cascade' : 'probe'),
      charts.getByLabel(size === 'wide' ? '512' : '32', { exact: true }),
    ];
    // By keyboard, as the box itself is not seen.
    for (const choice of chosen) await choice.press('Space');
    await leave(page, 'Train', 'Controls');
    for (const choice of chosen) await expect(choice).toBeChecked();

    await goTo(page, 'Lessons');
    const teacher = playground.region('For a class');
    const budget = teacher.getByLabel('Memory budget of a run, MB');
    const lock = teacher.getByRole('checkbox', { name: size === 'wide' ? 'Cuts' : 'Seed' });
    const who = page.getByLabel('Your name, for the file\u2019s name only');
    await budget.fill(`${size === 'wide' ? 100 : 200}`);
    await lock.check();
    await who.fill(`Ada, ${size}`);
    await leave(page, 'Lessons', 'For a class');
    await expect(budget).toHaveValue(`${size === 'wide' ? 100 : 200}`);
    await expect(lock).toBeChecked();
    await expect(who).toHaveValue(`Ada, ${size}`);

    await goTo(page, 'Insight');
    const own = playground.region('Your image');
    const board = own.getByRole('img', { name: 'Drawing board' });
    const drawn = () => board.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    await own.getByRole('button', { name: 'Clear' }).click();
    const empty = await drawn();
    await board.scrollIntoViewIfNeeded();
    const box = await board.boundingBox();
    if (box === null) throw new Error('no board');
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    const picture = await drawn();
    expect(picture).not.toBe(empty);
    const still = page.getByRole('region', { name: 'What is looked at' }).getByRole('radio', { name: 'when asked' });
    await still.press('Space');
    await leave(page, 'Insight', 'Your image');
    await expect.poll(drawn).toBe(picture);
    await expect(still).toBeChecked();
  });
  expect(playground.problems).toEqual([]);
});

test('groups of controls begin open at a desk and folded on a phone, and stay as they were left', async ({ page }) => {
  for (const [size, group, field, first] of [
    ['wide', 'Method', 'Window', 'shown'],
    ['phone', 'Optimiser', 'Momentum', 'folded'],
  ] as const) {
    await showAt(page, size);
    const playground = new Playground(page);
    await page.goto('about:blank');
    await playground.openWith(small);
    const controls = playground.region('Controls');
    const heading = controls.getByRole('heading', { name: group, exact: true });
    const inside = controls.getByLabel(field, { exact: true });
    await expect(inside).toBeVisible({ visible: first === 'shown' });
    await heading.click();
    await expect(inside).toBeVisible({ visible: first === 'folded' });
    for (const how of ['at once', 'later'] as const) {
      await leave(page, 'Train', 'Controls', how);
      await expect(heading).toBeVisible();
      await expect(inside).toBeVisible({ visible: first === 'folded' });
    }
    await heading.click();
    await expect(inside).toBeVisible({ visible: first === 'shown' });
    expect(playground.problems).toEqual([]);
  }
});
