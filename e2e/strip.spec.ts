import { expect, test } from '@playwright/test';
import { small } from './experiments.ts';
import { Playground } from './pages/playground.ts';

const deep = { ...small, network: 'resnet20', cuts: 'k3' };

for (const [name, viewport] of [
  ['wide', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`a border is dragged along the strip, ${name}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    const playground = new Playground(page);
    await playground.openWith(deep);
    const network = playground.region('Network');
    const cost = network.getByRole('group', { name: 'Cost of a step beside back-propagation' });
    const before = await cost.textContent();
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
  expect(playground.problems).toEqual([]);
});
