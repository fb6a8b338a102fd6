import { expect, test } from '@playwright/test';
import { small } from './experiments.ts';
import { Playground } from './pages/playground.ts';
import { atEachSize } from './pages/sizes.ts';

test('one step in slow motion is told node group by node group, by keyboard too', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = new Playground(page);
  await playground.openWith(small);
  const scrubber = playground.region('One step in slow motion');
  const slider = scrubber.getByRole('slider', { name: 'Position in the step' });
  const forward = scrubber.getByRole('button', { name: 'Forward' });
  await atEachSize(page, async (size) => {
    await playground.press('Slow motion');
    await scrubber.getByRole('button', { name: 'To the beginning' }).click();
    await expect(scrubber).toContainText('The batch is cropped');
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await expect(scrubber).toContainText('Features go forward through module 0 to the border with module 1');
    // What is held is drawn and said by module; what was freed a moment ago, too.
    await expect(scrubber.getByRole('img', { name: /^Held now: module 0 [\d.]+\s[kM]?B/ })).toBeVisible();
    for (let presses = 0; presses < 40 && !(await scrubber.getByText('back over the border').isVisible()); presses++)
      await forward.click();
    await expect(scrubber).toContainText(
      'The gradient is pulled through the inputs of module 1, back over the border to module 0. Its parameters wait.',
    );
    const freed = scrubber.getByText(/^[1-9][\d.]*\s[kM]?B \((mostly )?of module 1\)$/);
    for (let presses = 0; presses < 40 && !(await freed.isVisible()); presses++) await forward.click();
    await expect(freed).toBeVisible();
    await slider.focus();
    await page.keyboard.press('End');
    await expect(scrubber).toContainText('Parameters of module 2 are updated');
    await expect(slider).toHaveAttribute('aria-valuetext', / 0\sB held/);
    await scrubber.getByRole('button', { name: 'To the beginning' }).click();
    await scrubber.getByRole('button', { name: 'Play slow motion' }).click();
    await expect(scrubber).toContainText('through module 0');
    await scrubber.getByRole('button', { name: 'Pause slow motion' }).click();
    if (size === 'phone') {
      // It follows the cuts and the method.
      const count = await scrubber.getByText(/^\d+ of \d+$/).textContent();
      await playground.press('k2');
      await playground.region('Controls').getByRole('switch', { name: 'HiLo' }).click();
      await expect(scrubber.getByText(/^\d+ of \d+$/)).not.toHaveText(new RegExp(`of ${count?.split(' ').at(-1)}$`));
    }
    await playground.press('Slow motion');
    await expect(scrubber).toBeHidden();
  });
  expect(playground.problems).toEqual([]);
});
