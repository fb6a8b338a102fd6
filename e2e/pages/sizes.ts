import { expect, type Page, test } from '@playwright/test';

/** What everything is seen at: a desk and a phone. */
export const sizes = [
  ['wide', { width: 1280, height: 800 }],
  ['phone', { width: 390, height: 844 }],
] as const;

export type Size = (typeof sizes)[number][0];

/** Gives the page the window of a size. */
export async function showAt(page: Page, size: Size): Promise<void> {
  const [, viewport] = sizes.find(([name]) => name === size) ?? sizes[0];
  await page.setViewportSize(viewport);
}

/** The page itself never scrolls sideways; parts of it may within themselves. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, 'width of the page').toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}

/** No control lies beside the window, but in a part that scrolls by itself. */
export async function expectInReach(page: Page): Promise<void> {
  const outside = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (node: Element | null): boolean =>
      node !== null && (['auto', 'scroll'].includes(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
    return [...document.querySelectorAll('button, select, input:not([hidden]), textarea, summary, a[href]')]
      .filter((control) => {
        const { left, right } = control.getBoundingClientRect();
        return right > left && (left < -0.5 || right > width + 0.5) && !scrolls(control.parentElement);
      })
      .map((control) => control.outerHTML.slice(0, 160));
  });
  expect(outside).toEqual([]);
}

/** Looks at one page at every size, where another page would have to be set up for long. */
export async function atEachSize(page: Page, look: (size: Size) => Promise<void>): Promise<void> {
  for (const [name] of sizes) {
    await test.step(name, async () => {
      await showAt(page, name);
      await look(name);
      await expectNoSidewaysScroll(page);
    });
  }
}
