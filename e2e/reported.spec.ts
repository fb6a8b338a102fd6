import { expect, test } from '@playwright/test';
import { expectOk } from '../src/base/result.ts';
import { fakePart } from '../src/datasets/cifar.fakes.ts';
import { presetExperiment } from '../src/experiment/presets.ts';
import { Playground } from './pages/playground.ts';
import { atEachSize, expectInReach } from './pages/sizes.ts';

/** A preset of the paper's ablation, for as long as a test has. */
const short = {
  ...expectOk(presetExperiment('dgl/resnet32-all')),
  batch: 8,
  trainSize: 32,
  testSize: 16,
  epochs: 1,
  warmup: 0,
} as const;

test('what papers report stands beside the preset, with what is other here, and the own result joins it', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.openWith({ ...short, data: 'synthetic' });
  const figures = playground.region('Controls').getByRole('list', { name: 'As reported' }).getByRole('listitem');
  await expect(figures).toHaveText([
    /^As reported: 14\.08\s% test error \(HPFF paper, CIFAR-10, 400 epochs of batch 1,024\)\. Other here: built-in shapes instead of CIFAR-10; 1 epoch instead of 400; 8 images a batch/,
    /^As reported: 16\.21\s% test error \(InfoPro paper, CIFAR-10, 160 epochs\)\. Other here: built-in shapes/,
  ]);

  // A part of noise in CIFAR-10's format, of which a sixth is held out.
  const files = [{ name: 'data_batch_1.bin', mimeType: '', buffer: Buffer.from(fakePart(120)) }];
  await playground.region('Data').getByLabel('Data files').setInputFiles(files);
  await expect(playground.region('Data')).toContainText('32 training and 16 test images');
  await playground.waitForStatus('paused');
  await playground.press('Play');
  await playground.waitForStatus('finished');
  await expect(figures).toHaveCount(3);
  const own = (await figures.nth(2).textContent()) ?? '';
  await atEachSize(page, async () => {
    await expect(figures.first()).toContainText(
      'Other here: 1 epoch instead of 400; 8 images a batch instead of 1,024; 32 training images instead of 50,000; 16 test images instead of 10,000.',
    );
    await expect(figures.first()).not.toContainText('built-in');
    await expect(figures.nth(2)).toHaveText(/^Here, best on test so far: \d+\.\d\d\s% test error$/);
    await figures.nth(2).scrollIntoViewIfNeeded();
    for (const figure of await figures.all()) await expect(figure).toBeInViewport({ ratio: 1 });
    await expectInReach(page);
  });

  // It is the error of the accuracy that the chart holds.
  const cells = (await playground.chartTable('Final accuracy')).map((row) => row.at(-1) ?? '');
  const accuracy = Number(/([\d.]+)\s%/.exec(cells.findLast((cell) => cell.includes('%')) ?? '')?.[1]);
  expect(100 - accuracy).toBeCloseTo(Number(/([\d.]+)\s%/.exec(own)?.[1]), 0);

  // Another seed is another experiment; back at the first, its kept run is found.
  await playground.setNumber('Seed', 2);
  await expect(figures).toHaveCount(2);
  await playground.press('Start a new run with this');
  await playground.waitForStatus('paused');
  await expect(figures).toHaveCount(2);
  await playground.setNumber('Seed', 1);
  await expect(figures.nth(2)).toHaveText(own);
  expect(playground.problems).toEqual([]);
});
