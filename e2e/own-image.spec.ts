import { writeFile } from 'node:fs/promises';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { small } from './experiments.ts';
import { expectNothingOfAxeAnywhere } from './pages/axe.ts';
import { CarriedFiles, writePicture } from './pages/drag-files.ts';
import { Playground } from './pages/playground.ts';
import { showAt } from './pages/sizes.ts';

/** Opens the insight screen and answers the panel of the user's image. */
async function openOwnImage(page: Page): Promise<{ playground: Playground; own: Locator; answer: Locator }> {
  const playground = new Playground(page);
  await playground.openWith(small);
  await page.getByRole('tab', { name: 'Insight' }).click();
  const own = playground.region('Your image');
  await own.scrollIntoViewIfNeeded();
  return { playground, own, answer: own.getByRole('status', { name: 'Answer for your image' }) };
}

async function middleOf(place: Locator): Promise<readonly [number, number]> {
  const box = await place.boundingBox();
  if (box === null) throw new Error('it is not on the page');
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** Colour in the middle of the board. */
const inTheMiddle = (board: Locator): Promise<number[]> =>
  board.evaluate((canvas: HTMLCanvasElement) => [
    ...(canvas
      .getContext('2d')
      ?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1)
      .data.slice(0, 3) ?? []),
  ]);

test('an image that is drawn, dropped or chosen is answered beside the board', async ({ page }, info) => {
  const { playground, own, answer } = await openOwnImage(page);
  const board = own.getByRole('img', { name: 'Drawing board' });
  await expect(own).toContainText('never leaves this device');
  const [x, y] = await middleOf(board);
  await page.mouse.move(x - 50, y);
  await page.mouse.down();
  await page.mouse.move(x + 50, y, { steps: 4 });
  await page.mouse.up();
  await expect(answer).toContainText(/%.*head.s answer after 0 steps/);
  expect((await inTheMiddle(board))[0]).toBeLessThan(40);
  await expect(playground.region('Early exits').getByRole('button', { name: 'Image 0, yours' })).toBeVisible();

  // Carried over the page, files are asked for as a data set's; over the board they are a picture.
  const picture = info.outputPath('red.png');
  await writePicture(picture, 64, [220, 20, 20]);
  const carried = new CarriedFiles(page, [picture]);
  const cover = page.getByText('Drop the files or folder of a data set');
  await carried.over(x, y - 400 > 0 ? y - 400 : 20);
  await expect(cover).toBeVisible();
  // The board shows above the cover, and nothing else of the page does.
  const covered = (at: readonly [number, number]) =>
    page.evaluate(([x, y]) => {
      // It lets everything through; what lies on top is asked as if it did not.
      const cover = document.querySelector<HTMLElement>('.drop-cover');
      cover?.style.setProperty('pointer-events', 'auto');
      const top = document.elementFromPoint(x, y);
      cover?.style.removeProperty('pointer-events');
      return cover?.contains(top);
    }, at);
  const [middle, height] = await middleOf(cover);
  for (const aside of [-200, 0, 200]) expect(await covered([middle + aside, height])).toBe(true);
  expect(await covered([x, y])).toBe(false);
  await carried.over(x, y);
  await carried.letGo(x, y);
  await expect.poll(() => inTheMiddle(board)).toEqual([220, 20, 20]);
  await expect(cover).toBeHidden();
  await expect(answer).toContainText('%');
  await expect(playground.region('Early exits').getByRole('button', { name: 'Image 0, yours' })).toBeVisible();

  const text = info.outputPath('text.png');
  await writeFile(text, 'no picture');
  await own.getByLabel('Choose a file').setInputFiles(text);
  await expect(own.getByRole('alert')).toContainText('no picture that the browser can read');
  const blue = info.outputPath('blue.png');
  await writePicture(blue, 40, [10, 10, 230]);
  await own.getByLabel('Choose a file').setInputFiles(blue);
  await expect.poll(() => inTheMiddle(board)).toEqual([10, 10, 230]);
  await expect(own.getByRole('alert')).toHaveCount(0);
  await own.getByRole('button', { name: 'Clear' }).click();
  expect(await inTheMiddle(board)).toEqual([255, 255, 255]);
  expect(playground.problems).toEqual([]);
});

/** Keeps every camera stream the page is given, to see what becomes of it. */
const watchCamera = (page: Page) =>
  page.addInitScript(() => {
    const given: MediaStream[] = [];
    Object.assign(globalThis, { given });
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      given.push(stream);
      return stream;
    };
  });

/** States of all camera tracks so far. */
const tracks = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    (globalThis as unknown as { given: MediaStream[] }).given.flatMap((stream) =>
      stream.getTracks().map(({ readyState }) => readyState),
    ),
  );

test('a picture of the camera is answered; the camera stops once it is taken, closed, hidden or left', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['camera']);
  await showAt(page, 'phone');
  await watchCamera(page);
  const { playground, own, answer } = await openOwnImage(page);
  const board = own.getByRole('img', { name: 'Drawing board' });
  const open = () => own.getByRole('button', { name: 'Camera', exact: true }).click();
  await open();
  await expect.poll(() => tracks(page)).toEqual(['live']);
  await expectNothingOfAxeAnywhere(page, 'the camera');
  await own.getByRole('button', { name: 'Take the picture' }).click();
  await expect(answer).toContainText('%');
  // The test camera shows green.
  await expect.poll(async () => (await inTheMiddle(board))[1] ?? 0).toBeGreaterThan(100);
  expect(await inTheMiddle(board)).not.toEqual([255, 255, 255]);
  expect(await tracks(page)).toEqual(['ended']);
  await expect(own.getByLabel('Camera', { exact: true }).and(page.locator('video'))).toHaveCount(0);

  await open();
  await own.getByRole('button', { name: 'Close the camera' }).click();
  await expect.poll(() => tracks(page)).toEqual(['ended', 'ended']);

  await open();
  await expect(own.getByRole('button', { name: 'Take the picture' })).toBeEnabled();
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    Reflect.deleteProperty(document, 'visibilityState');
  });
  await expect.poll(() => tracks(page)).toEqual(['ended', 'ended', 'ended']);
  await expect(own.getByRole('button', { name: 'Take the picture' })).toBeHidden();

  await open();
  await expect(own.getByRole('button', { name: 'Take the picture' })).toBeEnabled();
  await page.getByRole('tab', { name: 'Train' }).click();
  await expect.poll(() => tracks(page)).toEqual(['ended', 'ended', 'ended', 'ended']);
  expect(playground.problems).toEqual([]);
});

test('a camera that is refused is explained in words, with a way on', async ({ page }) => {
  const { playground, own } = await openOwnImage(page);
  await own.getByRole('button', { name: 'Camera', exact: true }).click();
  await expect(own.getByRole('alert')).toContainText('not allowed to use the camera');
  await expect(own.getByRole('alert')).toContainText('choose a file');
  await expectNothingOfAxeAnywhere(page, 'a camera that is refused');
  expect(playground.problems).toEqual([]);
});
