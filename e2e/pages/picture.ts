import { expect, type Locator } from '@playwright/test';

/** The system's fonts differ from machine to machine by some pixels a letter. */
export const tolerance = { maxDiffPixelRatio: 0.06, animations: 'disabled' } as const;

/** Compares a place of the page with its picture, as far as it fits the window. What moves or is measured is masked. */
export async function looksAs(place: Locator, file: string, mask: Locator[] = []): Promise<void> {
  const page = place.page();
  await place.scrollIntoViewIfNeeded();
  // Whole pixels inside the place: where it begins between two, its own picture would be one pixel larger or not.
  const box = await place.boundingBox();
  const window = page.viewportSize();
  if (box === null || window === null) throw new Error(`${file} is not on the page`);
  const clip = {
    x: Math.ceil(box.x),
    y: Math.ceil(box.y),
    width: Math.floor(box.width) - 1,
    height: Math.floor(Math.min(box.height, window.height - box.y)) - 1,
  };
  await expect(page).toHaveScreenshot(file, { ...tolerance, mask, clip });
}
