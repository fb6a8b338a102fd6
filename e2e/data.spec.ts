import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { parquetOfImages } from '../src/datasets/hub/hub-images.fakes.ts';
import { startHub } from '../src/datasets/hub/hub-server.fakes.ts';
import { small } from './experiments.ts';
import { CarriedFiles, writePicture } from './pages/drag-files.ts';
import { Playground } from './pages/playground.ts';

/** Real images beside the checkout; absent on a plain clone. */
const shared = resolve(import.meta.dirname, '../../shared/data');
const quick = { ...small, batch: 8, trainSize: 'all', testSize: 10, evaluateEvery: 0, probes: false } as const;

/** Loads files and trains some steps on them. */
async function trainOn(playground: Playground, files: readonly string[], counts: string) {
  const data = playground.region('Data');
  await data.getByLabel('Data files').setInputFiles(files.map((file) => resolve(shared, file)));
  await expect(data).toContainText(counts, { timeout: 150_000 });
  await playground.waitForStatus('paused');
  await expect(
    data
      .getByRole('list', { name: /Samples of the/ })
      .getByRole('img')
      .first(),
  ).toBeVisible();
  await playground.press('One step');
  await playground.waitForStep(1);
  expect(playground.problems).toEqual([]);
}

/** Whether the origin's private files hold a folder of this name anywhere. */
const hasFolder = (page: Page, name: string): Promise<boolean> =>
  page.evaluate(async (wanted) => {
    const within = async (folder: FileSystemDirectoryHandle): Promise<boolean> => {
      for await (const [key, handle] of folder as unknown as AsyncIterable<[string, FileSystemHandle]>)
        if (handle.kind === 'directory' && (key === wanted || (await within(handle as FileSystemDirectoryHandle))))
          return true;
      return false;
    };
    return within(await navigator.storage.getDirectory());
  }, name);

test.describe('real images', () => {
  test.skip(!existsSync(shared), 'The folder of real images is not beside this checkout.');
  for (const [name, files, counts] of [
    ['CIFAR-10', ['cifar-10/test_batch.bin'], '8,333 training and 10 test images of 10 classes, 32\u00d732'],
    [
      'SVHN',
      ['svhn/svhn-mini_train_32x32.mat', 'svhn/svhn-mini_test_32x32.mat'],
      '801 training and 10 test images of 10 classes, 32\u00d732',
    ],
    [
      'STL-10',
      ['stl10/test_X.bin', 'stl10/test_y.bin', 'stl10/unlabeled_X.bin'],
      '53 training, 246 unlabelled and 10 test images of 10 classes, 96\u00d796',
    ],
    [
      'Tiny-ImageNet',
      ['tiny-imagenet/tiny-imagenet-200-part.zip'],
      '15,000 training and 10 test images of 30 classes, 64\u00d764',
    ],
    [
      'ImageNet photos',
      ['imagenet-sample/imagenet-sample-100.zip'],
      '100 training and 10 test images of 1,000 classes, 96\u00d796',
    ],
  ] as const) {
    test(`${name}: loads in the browser and trains`, async ({ page }) => {
      const playground = new Playground(page);
      await playground.openWith(quick);
      await trainOn(playground, files, counts);
    });
  }

  for (const file of ['svhn/train_32x32.mat.first-1900000-bytes', 'stl10/stl10_binary.tar.gz.first-1500000-bytes']) {
    test(`${file} is refused, and the run goes on`, async ({ page }) => {
      const playground = new Playground(page);
      await playground.openWith(quick);
      await playground.region('Data').getByLabel('Data files').setInputFiles(resolve(shared, file));
      await expect(playground.region('Data').getByRole('alert')).toContainText(/cut off|damaged|ends/);
      await playground.press('One step');
      await playground.waitForStep(1);
      expect(playground.problems).toEqual([]);
    });
  }

  test('a set larger than its memory is read from this device while it trains, with the same losses', async ({
    browser,
  }) => {
    const losses: (string | undefined)[][] = [];
    for (const [megabytes, tooSmall] of [
      [16, true],
      [512, false],
    ] as const) {
      const context = await browser.newContext();
      const playground = new Playground(await context.newPage());
      await playground.openWith(quick);
      const data = playground.region('Data');
      await data.getByText('Kept on this device').click();
      await data.getByLabel('Memory for images, MB').fill(String(megabytes));
      await Promise.all([
        trainOn(playground, ['cifar-10/test_batch.bin'], '8,333 training and 10 test images'),
        // Once the set is stored, it is read from where it is kept.
        tooSmall && expect.poll(() => hasFolder(playground.page, 'spilled'), { intervals: [100] }).toBe(true),
      ]);
      if (!tooSmall) expect(await hasFolder(playground.page, 'spilled')).toBe(false);
      await playground.press('One step');
      await playground.waitForStep(2);
      const lossAt = async (step: string) =>
        (await playground.chartTable('Final loss')).find(([place]) => place === step)?.[1];
      await expect.poll(() => lossAt('2')).toMatch(/^\d/);
      losses.push([await lossAt('1'), await lossAt('2')]);
      await context.close();
    }
    expect(losses[0]).toEqual(losses[1]);
  });

  test('images without labels are to look at, not to train on', async ({ page }) => {
    const playground = new Playground(page);
    await playground.openWith(quick);
    const data = playground.region('Data');
    await data.getByLabel('Data files').setInputFiles(resolve(shared, 'stl10/unlabeled_X.bin'));
    await data.getByRole('group', { name: 'Data set to look at' }).getByText('STL-10').click();
    await expect(data).toContainText('246 unlabelled images, 96\u00d796: to look at');
    await expect(data.getByRole('button', { name: 'Train on STL-10' })).toHaveCount(0);
    expect(playground.problems).toEqual([]);
  });
});

test('a folder of images is picked, and another dropped, and trained on; one without files is refused', async ({
  page,
}, info) => {
  const colours = { amber: [240, 180, 20], blue: [20, 60, 230], crimson: [200, 20, 60] } as const;
  const writeFolder = async (name: string, each: number) => {
    for (const [colour, value] of Object.entries(colours))
      for (let number = 0; number < each; number++)
        await writePicture(join(info.outputPath(name), colour, `${number}.png`), 40, value);
    return info.outputPath(name);
  };
  const playground = new Playground(page);
  await playground.openWith(quick);
  const data = playground.region('Data');
  const chooser = page.waitForEvent('filechooser');
  await data.getByRole('button', { name: 'Choose a folder' }).click();
  await (await chooser).setFiles(await writeFolder('picked', 12));
  await expect(data).toContainText('27 training, 3 validation and 6 test images of 3 classes');
  await expect(data).toContainText('crimson');
  await playground.waitForStatus('paused');
  await playground.press('One step');
  await playground.waitForStep(1);

  const dropped = new CarriedFiles(page, [await writeFolder('dropped', 24)]);
  await dropped.over(300, 300);
  await expect(page.getByText('They stay on this device.')).toBeVisible();
  await dropped.letGo(300, 300);
  await expect(page.getByText('They stay on this device.')).toBeHidden();
  // A run that has begun keeps its images until it is said otherwise.
  await data.getByRole('group', { name: 'Data set to look at' }).getByText('Own images (60)').click();
  await data.getByRole('button', { name: 'Start a new run on these 60 images' }).click();
  await expect(data).toContainText('54 training, 6 validation and 10 test images of 3 classes');
  await playground.waitForStatus('paused');
  await playground.press('One step');
  await playground.waitForStep(1);

  await mkdir(info.outputPath('hollow', 'inner'), { recursive: true });
  const hollow = new CarriedFiles(page, [info.outputPath('hollow')]);
  await hollow.over(300, 300);
  await hollow.letGo(300, 300);
  await expect(page.getByRole('alert').filter({ hasText: 'no files in what was dropped' })).toBeVisible();
  expect(playground.problems).toEqual([]);
});

test('the built-in images train at 64 pixels', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith({ ...quick, resolution: 64, trainSize: 40 });
  await expect(playground.region('Data')).toContainText('40 training and 10 test images of 10 classes, 64\u00d764');
  await playground.press('One step');
  await playground.waitForStep(1);
  expect(playground.problems).toEqual([]);
});

test('224 pixels are planned and refused for training, in words at the field', async ({ page }) => {
  const playground = new Playground(page);
  await page.goto(`./#experiment=${encodeURIComponent(JSON.stringify({ ...quick, resolution: 224 }))}`);
  await expect(playground.region('Controls')).toContainText('resolution = 224 can be planned, not trained here');
});

test('a set of a hub: its cost is said, it is fetched and trained on, kept on this device, and deleted', async ({
  page,
}) => {
  const classNames = ['ant', 'bee', 'cow', 'dog'];
  const parquet = parquetOfImages({ rows: 200, rowGroupSize: 20, classNames, labelOf: (row) => row % 4 });
  const hub = await startHub(
    new Map([
      ['some/animals/default/train/0000.parquet', parquet],
      ['some/animals/default/test/0000.parquet', parquet],
    ]),
  );
  try {
    hub.behaviour.drops.push(9_000);
    const playground = new Playground(page);
    await playground.openWith({ ...quick, resolution: 32, data: 'synthetic' });
    const data = playground.region('Data');
    await data.getByText('From a hub').click();
    await data.getByLabel('Repository').fill('some/animals');
    await data.getByLabel('Configuration').fill('');
    await data.getByLabel('Training images to fetch').fill('60');
    await data.getByLabel('Test images to fetch').fill('20');
    await data.getByLabel('Hub address').fill(hub.address);
    expect(hub.asked).toEqual([]);
    await data.getByRole('button', { name: 'What would it cost?' }).click();
    await expect(data).toContainText('60 of 200 training and 20 of 200 test images');
    await data.getByRole('button', { name: /^Fetch/ }).click();
    await expect(data).toContainText(/54 training, 6 validation and 10 test images of 4 classes, 64\u00d764/);
    await playground.waitForStatus('paused');
    await playground.press('One step');
    await playground.waitForStep(1);

    // After a new visit it comes from this device.
    await expect(data).toContainText('Kept on this device: 1');
    await hub.close();
    await page.reload();
    await playground.waitForStatus('paused');
    await data.getByText(/Kept on this device: 1/).click();
    await data.getByRole('button', { name: 'Load some/animals' }).click();
    await expect(data).toContainText(/6 validation and 10 test images of 4 classes/);
    await data.getByRole('button', { name: /Delete the kept copy of some\/animals/ }).click();
    await expect(data).toContainText('Kept on this device: nothing');
    expect(playground.problems).toEqual([]);
  } finally {
    await hub.close();
  }
});
