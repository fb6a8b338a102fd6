import type { Page } from '@playwright/test';

/** Hides the page, or shows it again, as another tab in front would. */
export const becomes = (page: Page, state: 'hidden' | 'visible') =>
  page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { value: now, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
