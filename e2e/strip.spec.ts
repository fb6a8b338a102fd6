import { expect, type Locator, test } from '@playwright/test';
import { small, tiny } from './experiments.ts';
import { Playground } from './pages/playground.ts';
import { atEachSize, sizes } from './pages/sizes.ts';

const deep = { ...small, network: 'resnet20', cuts: 'k3' };

test('the strip shows the network, its modules, and what hangs on them', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(deep);
  const network = playground.region('Network');
  const tile = (name: string | RegExp) => network.getByRole('img', { name });
  await atEachSize(page, async (size) => {
    await expect(tile('stem: 32\u00d732\u00d78, module 0')).toBeVisible();
    for (const stage of [1, 2, 3])
      for (const block of [0, 1, 2]) await expect(tile(new RegExp(`^${stage}\\.${block}: `))).toBeVisible();
    await expect(tile('head: 10 classes, module 2')).toBeVisible();
    for (const [stage, shape] of [
      ['stage 1', '32\u00d732\u00d78'],
      ['stage 2', '16\u00d716\u00d716'],
      ['stage 3', '8\u00d78\u00d716'],
    ] as const)
      await expect(network.getByText(`${stage} ${shape}`)).toBeVisible();

    // Auxiliary networks hang under their modules; the patch grid lies on the features it cuts.
    const module = (index: number) => network.getByRole('group', { name: `module ${index}`, exact: true });
    await expect(module(0)).toContainText(/^module 0[\d.]+\sMB[\d.]+\s[MG]$/);
    await expect(module(1)).toContainText(/independent 0c2f.*cascade 0c2f.*cross-entropy.*4 decoders/);
    await expect(module(2)).toContainText(/head.*cross-entropy/);
    await expect(tile(/patches/)).toHaveCount(1);
    await expect(tile(/^2\.2: .*module 1, its features cut into 2\u00d72 patches$/)).toBeVisible();
    for (const [from, to] of [
      [0, 1],
      [1, 2],
    ])
      await expect(tile(`cascade at module ${to}: its gradient reaches modules ${from} to ${to}`)).toBeVisible();

    const table = network.getByRole('table');
    if (size === 'wide') await network.getByText('Table of modules and losses').click();
    await expect(table.getByRole('row', { name: /^module 1 .*cascade cross-entropy.*modules 0 to 1/ })).toBeVisible();
  });
  // One accent a module: on its tiles, its place in the table, and its lines in the charts.
  const colour = (of: Locator) => of.evaluate((node) => getComputedStyle(node).backgroundColor);
  const chip = network.getByRole('rowheader', { name: 'module 1' }).first().locator('.chip');
  expect(await colour(chip)).toBe(await colour(tile(/^2\.0: /)));
  expect(await colour(tile(/^2\.0: /))).not.toBe(await colour(tile(/^1\.0: /)));
  expect(playground.problems).toEqual([]);
});

test('presets cut the network as the papers do, deeper ones where there are blocks for them', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith({ ...tiny, network: 'resnet110', cuts: 'k16', trainSize: 40 });
  const network = playground.region('Network');
  const presets = network.getByRole('group', { name: 'Cut presets' });
  const cost = network.getByRole('group', { name: 'Cost of a step beside back-propagation' });
  await atEachSize(page, async (size) => {
    await expect(presets.getByRole('button')).toHaveText(['k1', 'k2', 'k3', 'k4', 'k8', 'k16', 'k32', 'all (54)']);
    const deep = [
      ['k32', 32],
      ['all (54)', 54],
    ] as const;
    for (const [preset, modules] of size === 'wide' ? deep : ([['k16', 16]] as const)) {
      const before = (await cost.textContent()) ?? '';
      await presets.getByRole('button', { name: preset }).click();
      await expect(presets.getByRole('button', { name: preset })).toHaveAttribute('aria-pressed', 'true');
      await expect(network).toContainText(`K = ${modules} local modules`);
      await expect(network.getByRole('group', { name: /^module \d+$/ })).toHaveCount(modules);
      await expect(cost).not.toHaveText(before);
    }
  });
  await playground.region('Controls').getByLabel('Network', { exact: true }).selectOption('resnet20');
  await atEachSize(page, async () => {
    await expect(presets.getByRole('button')).toHaveText(['k1', 'k2', 'k3', 'k4', 'k8', 'all (9)']);
    for (const [preset, words] of [
      ['k1', 'K = 1 module'],
      ['k2', 'K = 2'],
      ['k3', 'K = 3'],
      ['k4', 'K = 4'],
      ['k8', 'K = 8'],
      ['all (9)', 'K = 9'],
    ] as const) {
      await presets.getByRole('button', { name: preset }).click();
      await expect(presets.getByRole('button', { pressed: true })).toHaveText(preset);
      await expect(network).toContainText(words);
    }
  });
  await playground.waitForStatus('paused');
  await playground.press('One step');
  await playground.waitForStep(1);
  expect(playground.problems).toEqual([]);
});

for (const [name, viewport] of sizes) {
  test(`a border is dragged along the strip, ${name}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    const playground = new Playground(page);
    await playground.openWith(deep);
    const network = playground.region('Network');
    const cost = network.getByRole('group', { name: 'Cost of a step beside back-propagation' });
    const own = network.getByRole('group', { name: 'module 0', exact: true });
    const before = await cost.textContent();
    const ownBefore = await own.textContent();
    const handle = await network.getByRole('button', { name: 'Join after block 1.2' }).boundingBox();
    const place = await network.getByRole('button', { name: 'Cut after block 1.0' }).boundingBox();
    if (handle === null || place === null) throw new Error('the borders are not drawn');
    const y = handle.y + handle.height / 2;
    await page.mouse.move(handle.x + handle.width / 2, y);
    await page.mouse.down();
    await page.mouse.move(place.x + place.width / 2, y, { steps: 8 });
    // Before it is let go the cost has changed, and the run has not.
    await expect(network.getByRole('button', { name: 'Join after block 1.0' })).toBeVisible();
    await expect(cost).not.toHaveText(before ?? '');
    await expect(own).not.toHaveText(ownBefore ?? '');
    await expect(cost).toContainText('Let go to apply');
    await page.mouse.up();
    await expect(cost).not.toContainText('Let go to apply');
    await expect(network.getByRole('button', { name: 'Join after block 1.0' })).toBeFocused();
    await expect(network).toContainText('K = 3');
    await playground.press('Undo edit');
    await expect(network.getByRole('button', { name: 'Join after block 1.2' })).toBeVisible();
    expect(playground.problems).toEqual([]);
  });
}

test.describe('phone, by touch', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a finger drags a border: costs change meanwhile, the page stays where it is, and the next tap counts', async ({
    page,
  }) => {
    const playground = new Playground(page);
    await playground.openWith(deep);
    const network = playground.region('Network');
    const cost = network.getByRole('group', { name: 'Cost of a step beside back-propagation' });
    const before = await cost.textContent();
    const middle = async (name: string) => {
      const box = await network.getByRole('button', { name }).boundingBox();
      if (box === null) throw new Error(`${name} is not drawn`);
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    const scrolled = () => page.evaluate(() => [scrollX, scrollY]);
    const from = await middle('Join after block 1.2');
    const to = await middle('Cut after block 1.0');
    const finger = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
      finger.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    const place = await scrolled();
    await touch('touchStart', [from]);
    // Downwards too, as fingers do: the page would scroll if the handle let it.
    for (let move = 1; move <= 8; move++)
      await touch('touchMove', [{ x: from.x + ((to.x - from.x) * move) / 8, y: from.y - move * 12 }]);
    await expect(network.getByRole('button', { name: 'Join after block 1.0' })).toBeVisible();
    await expect(cost).not.toHaveText(before ?? '');
    await expect(cost).toContainText('Let go to apply');
    expect(await scrolled()).toEqual(place);
    await touch('touchEnd', []);
    await expect(cost).not.toContainText('Let go to apply');
    await expect(network).toContainText('K = 3');
    expect(await scrolled()).toEqual(place);
    const next = await middle('Cut after block 1.2');
    await page.touchscreen.tap(next.x, next.y);
    await expect(network).toContainText('K = 4');
    // Beside the handles the page scrolls as ever.
    await touch('touchStart', [{ x: 120, y: 700 }]);
    for (let move = 1; move <= 8; move++) await touch('touchMove', [{ x: 120, y: 700 - move * 40 }]);
    await touch('touchEnd', []);
    await expect.poll(scrolled).not.toEqual(place);
    expect(playground.problems).toEqual([]);
  });
});

test('keys move, join and cut; Escape gives a drag up', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(deep);
  await atEachSize(page, async () => {
    await playground.press('k3');
    await keysCut(playground);
  });
  expect(playground.problems).toEqual([]);
});

async function keysCut(playground: Playground) {
  const { page } = playground;
  const network = playground.region('Network');
  await network.getByRole('button', { name: 'Join after block 1.2' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(network.getByRole('button', { name: 'Join after block 2.0' })).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(network).toContainText('K = 2');
  // Keys in quick succession each begin where the one before went.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(network.getByRole('button', { name: 'Join after block 2.1' })).toBeFocused();
  await expect(network).toContainText('K = 3');
  const box = await network.getByRole('button', { name: 'Join after block 2.1' }).boundingBox();
  if (box === null) throw new Error('the handle is not drawn');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(0, box.y, { steps: 4 });
  await expect(network.getByRole('button', { name: 'Join after the stem' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(network.getByRole('button', { name: 'Join after block 2.1' })).toBeVisible();
}
