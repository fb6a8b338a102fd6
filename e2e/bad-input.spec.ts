import { expect, test } from '@playwright/test';
import { writeSafetensors } from '../src/formats/safetensors.ts';
import { small } from './experiments.ts';
import { Playground } from './pages/playground.ts';

const file = (name: string, buffer: Uint8Array | string) => ({ name, mimeType: '', buffer: Buffer.from(buffer) });

/** Whole records of one class, 3,073 bytes each. */
const records = (count: number, label: number) => {
  const bytes = new Uint8Array(count * 3073);
  for (let record = 0; record < count; record++) bytes[record * 3073] = label;
  return bytes;
};

/** Checks that the run goes on after a refusal. */
async function goesOn(playground: Playground) {
  const step = await playground.step();
  await playground.press('One step');
  await playground.waitForStep(step + 1);
}

/** A file, and what is said of it where it was given. */
type Refusal = readonly [what: string, bad: ReturnType<typeof file>, words: RegExp];

const badData: readonly Refusal[] = [
  ['a truncated .bin', file('data_batch_1.bin', records(2, 1).slice(0, 5000)), /data_batch_1\.bin.*record/],
  ['a wrong label', file('data_batch_2.bin', records(10_000, 11)), /data_batch_2\.bin.*label/],
  ['a .tar.gz that is none', file('cifar-10-binary.tar.gz', 'no archive'), /cifar-10-binary\.tar\.gz.*gzip/],
];

test('bad data files are refused in the data panel, and the run goes on', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  for (const [what, bad, words] of badData) {
    await test.step(what, async () => {
      await playground.region('Data').getByLabel('Data files').setInputFiles([bad]);
      await expect(playground.region('Data').getByRole('alert')).toContainText(words);
      await goesOn(playground);
    });
  }
  expect(playground.problems).toEqual([]);
});

const tensors = new Map([['layer1.0.conv1.weight', { shape: [1, 1], data: Float32Array.of(1) }]]);
const hostile = new Uint8Array(64);
new DataView(hostile.buffer).setBigUint64(0, 0xffff_ffff_ffff_ffffn, true);
const badImports: readonly Refusal[] = [
  [
    'a wrong shape',
    file('a.safetensors', writeSafetensors({ tensors, metadata: {} })),
    /"layer1\.0\.conv1\.weight" has shape \[1, 1\]/,
  ],
  [
    'a missing tensor',
    file('b.safetensors', writeSafetensors({ tensors: new Map(), metadata: {} })),
    /lacks the tensor/,
  ],
  ['a hostile header', file('c.safetensors', hostile), /c\.safetensors.*header claims/],
  ['an unknown field', file('experiment.json', JSON.stringify({ ...small, learning_rate: 1 })), /learning_rate/],
  ['a value out of range', file('experiment.json', JSON.stringify({ ...small, batch: 0 })), /batch = 0/],
];

test('weights of another network are refused in a list: counts, the first few, all on request', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  const chooser = page.waitForEvent('filechooser');
  await playground.press('Import');
  await (await chooser).setFiles([file('empty.safetensors', writeSafetensors({ tensors: new Map(), metadata: {} }))]);
  const list = page.getByRole('alert').getByRole('region', { name: /^It lacks \d+ tensors$/ });
  await expect(list.getByRole('listitem')).toHaveCount(3);
  const all = list.getByText(/^Show all \d+$/);
  const count = Number(/\d+/.exec((await all.textContent()) ?? ''));
  await all.click();
  await expect(list.getByRole('listitem')).toHaveCount(count);
  const box = await page.getByRole('alert').boundingBox();
  expect(box?.height).toBeLessThan(page.viewportSize()?.height ?? 0);
  await goesOn(playground);
  expect(playground.problems).toEqual([]);
});

test('imports that do not fit are refused in words, a pickle with the lines that convert it, and the run goes on', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  const give = async (bad: ReturnType<typeof file>) => {
    const chooser = page.waitForEvent('filechooser');
    await playground.press('Import');
    await (await chooser).setFiles([bad]);
  };
  for (const [what, bad, words] of badImports) {
    await test.step(what, async () => {
      await give(bad);
      await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
      await goesOn(playground);
    });
  }
  for (const pickle of [file('resnet.pth', 'x'), file('pytorch_model.bin', Uint8Array.of(0x50, 0x4b, 3, 4))]) {
    await test.step(pickle.name, async () => {
      await give(pickle);
      const refusal = page.getByRole('alert').filter({ hasText: `${pickle.name} is a Python pickle` });
      await expect(refusal.locator('pre')).toContainText(`save_file(torch.load("${pickle.name}", map_location="cpu"`);
      await expect(refusal.getByRole('button', { name: 'Copy these lines' })).toBeVisible();
    });
  }
  await goesOn(playground);
  expect(playground.problems).toEqual([]);
});

test('numbers that are not possible are refused at the field and not applied, and the run goes on', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await playground.setNumber('Batch size', 4000);
  await expect(page.getByRole('alert').first()).toContainText(/320/);
  await goesOn(playground);
  await playground.setNumber('Learning rate', 100);
  await expect(playground.region('Controls')).toContainText(/learningRate = 100 is not possible.*0 to 10/);
  await goesOn(playground);
  expect(playground.problems).toEqual([]);
});

test('a link with garbage is refused in words, and the page starts all the same', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open('#experiment=%7B%22cuts%22');
  await expect(page.getByRole('alert').first()).toContainText(/link/i);
  await goesOn(playground);
});
