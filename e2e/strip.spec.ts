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

test('keys move, join and cut; Escape gives a drag up', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(deep);
  const network = playground.region('Network');
  await network.getByRole('button', { name: 'Join after block 1.2' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(network.getByRole('button', { name: 'Join after block 2.0' })).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(network).toContainText('K = 2');
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
