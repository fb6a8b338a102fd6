import { resolve } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { type Size, showAt, sizes } from './sizes.ts';

/** What is drawn is the same at every run; a few pixels are left to the edges of letters and lines. */
export const tolerance = {
  maxDiffPixels: 100,
  threshold: 0.15,
  animations: 'disabled',
  stylePath: resolve(import.meta.dirname, 'clock.css'),
} as const;

type Theme = 'light' | 'dark';

/**
 * Compares a note with its picture, as far as it fits the window. How many steps it tells of may differ by one or two from run to run, and with
 * them the rest of the line.
 */
export async function looksAs(place: Locator, file: string): Promise<void> {
  const page = place.page();
  await place.scrollIntoViewIfNeeded();
  // What is above it may end between two pixels: letters would be drawn a little higher or lower, and the picture be a pixel larger or not.
  await place.evaluate((element: HTMLElement) => {
    element.style.top = '';
    element.style.position = 'relative';
    const { top } = element.getBoundingClientRect();
    element.style.top = `${Math.ceil(top) - top}px`;
  });
  const box = await place.boundingBox();
  const window = page.viewportSize();
  if (box === null || window === null) throw new Error(`${file} is not on the page`);
  const clip = {
    x: Math.ceil(box.x),
    y: Math.ceil(box.y),
    width: Math.floor(box.width) - 1,
    height: Math.floor(Math.min(box.height, window.height - box.y)) - 1,
  };
  await expect(page).toHaveScreenshot(file, { animations: 'disabled', threshold: 0.15, maxDiffPixelRatio: 0.02, clip });
}

/**
 * Compares all of a screen with its pictures: light and dark on a wide window, and in one of the themes on a phone.
 *
 * @param asOnPhone does what a page that is opened on a phone has done by itself
 */
export async function screenLooksAs(
  page: Page,
  screen: string,
  phoneTheme: Theme,
  asOnPhone: () => Promise<void> = async () => undefined,
): Promise<void> {
  await allDrawn(page);
  for (const [theme, size] of [
    ['light', 'wide'],
    ['dark', 'wide'],
    [phoneTheme, 'phone'],
  ] as const) {
    await inLook(page, theme, size);
    if (size === 'phone') await asOnPhone();
    await expect(page).toHaveScreenshot(`${screen}-${theme}-${size}.png`, { ...tolerance, fullPage: true });
  }
}

/** Compares what is in the window, or a part of it such as a dialog, with its pictures: light on a wide window, dark on a phone. */
export async function windowLooksAs(page: Page, file: string, part?: Locator): Promise<void> {
  for (const [size] of sizes) {
    const theme = size === 'wide' ? 'light' : 'dark';
    await inLook(page, theme, size);
    const name = `${file}-${theme}-${size}.png`;
    if (part === undefined) await expect(page).toHaveScreenshot(name, tolerance);
    else await expect(part).toHaveScreenshot(name, tolerance);
  }
}

/** Gives the page a theme and a window, and waits until its charts have found their size. */
async function inLook(page: Page, colorScheme: Theme, size: Size): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await showAt(page, size);
  await page.mouse.move(0, 0);
  await page.evaluate(() => scrollTo(0, 0));
  const misfits = (places: Element[]) =>
    places.filter((place) => {
      const drawing = place.querySelector('svg');
      return drawing !== null && Math.abs(drawing.clientWidth - place.clientWidth) > 1;
    }).length;
  await expect.poll(() => page.locator('.recharts-responsive-container').evaluateAll(misfits)).toBe(0);
}

/** Charts are drawn once they are in sight, in turn. */
async function allDrawn(page: Page): Promise<void> {
  for (const figure of await page
    .getByRole('figure')
    .filter({ has: page.locator('.plot') })
    .all()) {
    await figure.scrollIntoViewIfNeeded();
    await expect(figure.locator('svg.recharts-surface').first()).toBeVisible();
  }
}
