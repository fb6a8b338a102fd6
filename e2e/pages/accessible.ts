import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Finds nothing that axe objects to, touch targets of less than 24 pixels without room around them included. */
export async function expectAccessible(page: Page): Promise<void> {
  const axe = new AxeBuilder({ page }).options({ rules: { 'target-size': { enabled: true } } });
  const { violations } = await axe.analyze();
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
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
