import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { atEachSize } from './sizes.ts';

/**
 * What axe finds on the page as it is now, or in what a selector names of it: nothing; nor touch targets of less than 24 pixels without room around
 * them.
 */
export async function expectNothingOfAxe(page: Page, where = '', within = 'html'): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .include(within)
    // What passes is not described: that takes longer than the checks.
    .options({ rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] })
    // In the page itself. It has no frames, whose answers would be put together in another page.
    .setLegacyMode()
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  expect(found, where).toEqual([]);
}

/** The same at both sizes and in both themes. */
export async function expectNothingOfAxeAnywhere(page: Page, where: string): Promise<void> {
  await atEachSize(page, async (size) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expectNothingOfAxe(page, `${where}, ${colorScheme}, ${size}`);
    }
  });
}
