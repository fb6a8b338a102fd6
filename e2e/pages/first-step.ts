import type { Page } from '@playwright/test';

/** Seconds from the next click anywhere until the page shows its first step. */
export function firstStepAfterClick(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let clicked: number | undefined;
        addEventListener('click', ({ timeStamp }) => (clicked ??= timeStamp), { capture: true });
        // No function with a name in here: what runs this file wraps those in a helper that the page has not.
        const poll = setInterval(() => {
          const words = [...document.querySelectorAll('[role="status"]')]
            .map(({ textContent }) => textContent)
            .join(' ');
          if (clicked === undefined || Number(/step (\d+) of/.exec(words)?.[1] ?? 0) === 0) return;
          clearInterval(poll);
          resolve((performance.now() - clicked) / 1000);
        }, 5);
      }),
  );
}
