import { expect, type Page } from '@playwright/test';

/**
 * No text is cut off by its own box without a sign, fields are as high as their text, and no two controls lie on one another. What scrolls within itself, what ends in an ellipsis
 * and what is there for screen readers alone is left out.
 */
export async function expectNothingCut(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(() => {
    const seen = (node: Element): boolean =>
      node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !node.closest('.visually-hidden');
    const words = (node: Element) =>
      `${node.tagName.toLowerCase()}.${node.getAttribute('class') ?? ''} "${(node.getAttribute('aria-label') ?? node.textContent ?? '').trim().slice(0, 50)}"`;
    const ownText = (node: Element): boolean =>
      [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim() !== '');
    const cut = [...document.querySelectorAll('body *')].flatMap((node) => {
      if (!(node instanceof HTMLElement) || !seen(node)) return [];
      const typed = node instanceof HTMLInputElement && !node.readOnly && node.type !== 'file';
      if ((!typed && !ownText(node)) || node.clientWidth <= 1) return [];
      const { overflowX, overflowY, textOverflow, display } = getComputedStyle(node);
      if (display === 'inline' || textOverflow === 'ellipsis') return [];
      const wide = node.scrollWidth > node.clientWidth + 1 && !['auto', 'scroll'].includes(overflowX);
      const tall = node.scrollHeight > node.clientHeight + 3 && ['hidden', 'clip'].includes(overflowY);
      return wide || tall
        ? [`${words(node)} is ${node.scrollWidth}×${node.scrollHeight} in ${node.clientWidth}×${node.clientHeight}`]
        : [];
    });
    const drawn = ['checkbox', 'radio', 'range', 'color', 'file'];
    const low = [...document.querySelectorAll('select, input')].flatMap((node) => {
      if (!seen(node) || drawn.includes(node.getAttribute('type') ?? '')) return [];
      const size = Number.parseFloat(getComputedStyle(node).fontSize);
      return node.clientHeight < 1.3 * size ? [`${words(node)} is ${node.clientHeight} high for ${size} of text`] : [];
    });
    const controls = [
      ...document.querySelectorAll('main button, main select, main input, main a[href], header button'),
    ].filter((node) => seen(node) && node.getBoundingClientRect().width > 4);
    const boxes = controls.map((node) => ({ node, box: node.getBoundingClientRect() }));
    const covered = boxes.flatMap(({ node, box }, index) =>
      boxes.slice(index + 1).flatMap(({ node: other, box: over }) => {
        const across = Math.min(box.right, over.right) - Math.max(box.left, over.left);
        const down = Math.min(box.bottom, over.bottom) - Math.max(box.top, over.top);
        return across > 2 && down > 2 && !node.contains(other) && !other.contains(node)
          ? [`${words(node)} and ${words(other)} overlap by ${Math.round(across)}×${Math.round(down)}`]
          : [];
      }),
    );
    return { cut, low, covered };
  });
  expect(found, where).toEqual({ cut: [], low: [], covered: [] });
}
