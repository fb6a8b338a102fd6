import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { setBackend, type Tensor, tensor4d } from '@tensorflow/tfjs-core';
import * as ort from 'onnxruntime-web';
import { furthest, normalised, planar } from '../src/cli/export/tiny-run.ts';
import { findPytorch } from '../src/cli/pytorch/find-python.ts';
import { readMetricLines } from '../src/cli/pytorch/losses.ts';
import { builtInSeed, createSynthetic } from '../src/datasets/synthetic.ts';
import { readZip } from '../src/formats/zip.ts';
import { chosenPart, runImages } from '../src/trainer/run-images.ts';
import { small } from './experiments.ts';
import { expectNothingOfAxeAnywhere } from './pages/axe.ts';
import { exportFile } from './pages/files.ts';
import { Playground } from './pages/playground.ts';

const limits = { bytes: 2 ** 28 };

function unzip(path: string): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  const files = readZip(readFileSync(path), path, limits);
  if (!files.ok) throw new Error(files.error.message);
  return files.value;
}

/** Rows of the run's measurements as objects. */
async function measurements(playground: Playground): Promise<Record<string, string>[]> {
  const text = await readFile(await exportFile(playground, 'Measurements (CSV)'), 'utf8');
  const [head = '', ...rows] = text.trim().split('\n');
  const names = head.split(',');
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, index) => [names[index], cell])));
}

/** Loss and share of right answers of logits [count,classes]. */
function scores(logits: Float32Array, labels: ArrayLike<number>) {
  const classes = logits.length / labels.length;
  let loss = 0;
  let hits = 0;
  for (let row = 0; row < labels.length; row++) {
    const own = logits.subarray(row * classes, (row + 1) * classes);
    const label = labels[row] as number;
    const most = Math.max(...own);
    loss += Math.log(own.reduce((sum, value) => sum + Math.exp(value - most), 0)) + most - (own[label] as number);
    hits += Number(own.indexOf(most) === label);
  }
  return { loss: loss / labels.length, accuracy: hits / labels.length };
}

test('models exported from the page answer as it measured them, read by onnxruntime and by tfjs', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await playground.press('To next epoch');
  await playground.waitForStep(20);
  await playground.waitForStatus('paused');
  const tested = (await measurements(playground)).findLast(({ phase }) => phase === 'test');
  const images = runImages(chosenPart(small, createSynthetic(builtInSeed)));
  if (images === undefined) throw new Error('no images');
  const { test: part } = images;
  const pixels = normalised(part.images);

  ort.env.wasm.numThreads = 1;
  const model = await readFile(await exportFile(playground, 'ONNX model', ['Early exits']));
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
  expect([...session.outputNames].sort()).toEqual([
    'logits',
    'module_0_probe',
    'module_1_cascade',
    'module_1_independent',
    'module_1_probe',
    'module_2_probe',
  ]);
  const answers = await session.run({ input: new ort.Tensor('float32', planar(pixels, 32), [part.count, 3, 32, 32]) });
  const columns = { logits: 'final', module_1_cascade: '2.0/cascade', module_1_probe: '2.0/probe' };
  for (const [name, column] of Object.entries(columns)) {
    const { loss, accuracy } = scores(answers[name]?.data as Float32Array, part.labels);
    expect(Number(tested?.[`${column}.accuracy`])).toBeCloseTo(accuracy, 6);
    expect(Math.abs(Number(tested?.[`${column}.loss`]) - loss)).toBeLessThan(1e-4);
  }

  await setBackend('cpu');
  const files = unzip(await exportFile(playground, 'TensorFlow.js model'));
  const fetchFunc = async (address: string | URL | Request) =>
    new Response(files.get(new URL(String(address)).pathname.slice(1)), {
      headers: { 'content-type': String(address).endsWith('.json') ? 'application/json' : 'application/octet-stream' },
    });
  const graph = await loadGraphModel('http://localhost/model.json', { fetchFunc });
  const logits = graph.execute(tensor4d(pixels, [part.count, 32, 32, 3]), 'logits') as Tensor;
  expect(furthest(await logits.data(), answers.logits?.data as Float32Array)).toBeLessThan(1e-4);
  expect(playground.problems).toEqual([]);
});

test('a bundle exported from the page goes on in PyTorch as the page does', async ({ page }) => {
  const python = await findPytorch();
  const playground = new Playground(page);
  await playground.openWith({ ...small, augment: true });
  await playground.press('One step');
  await playground.waitForStep(1);
  await playground.waitForStatus('paused');
  const files = unzip(await exportFile(playground, 'PyTorch bundle', ['Images of the run']));
  expect([...files.keys()]).toEqual(
    expect.arrayContaining(['train.py', 'hpff.py', 'config.json', 'images.safetensors']),
  );
  for (let step = 2; step <= 4; step++) {
    await playground.press('One step');
    await playground.waitForStep(step);
    await playground.waitForStatus('paused');
  }
  const rows = await measurements(playground);
  expect(playground.problems).toEqual([]);
  if (python === undefined) {
    console.log('NOT CHECKED: no Python here imports torch, so the bundle was not run.');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'hpff-e2e-'));
  try {
    for (const [name, content] of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    execFileSync(python.program, [join(folder, 'train.py'), '--device', 'cpu', '--steps', '3'], { stdio: 'pipe' });
    const steps = readMetricLines(join(folder, 'out', 'metrics.jsonl'));
    for (const step of [2, 3, 4]) {
      const ours = rows.find((row) => row.phase === 'train' && row.step === String(step));
      const theirs = steps.get(step);
      for (const [name, column] of [
        ['can.2.task', 'final.loss'],
        ['ian.1.task', '2.0/independent.loss'],
        ['can.1.task', '2.0/cascade.loss'],
        ['can.1.reconstruction', '2.0/reconstruction'],
      ] as const) {
        const wanted = Number(ours?.[column]);
        expect(Math.abs((theirs?.get(name) ?? Number.NaN) - wanted) / wanted, `step ${step} ${name}`).toBeLessThan(
          1e-4,
        );
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a whole run is exported and opens again with its measurements; events and JSON tell the same', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await playground.press('To next epoch');
  await playground.waitForStep(20);
  await playground.waitForStatus('paused');
  const rows = await measurements(playground);
  const json = JSON.parse(await readFile(await exportFile(playground, 'Measurements (JSON)'), 'utf8'));
  expect(json.train['final.loss']).toEqual(
    rows.filter(({ phase }) => phase === 'train').map((row) => Number(row['final.loss'])),
  );
  const events = await readFile(await exportFile(playground, 'TensorBoard events'));
  expect(events.subarray(0, 12).toString('hex')).toBe('1800000000000000a37f4b22');
  expect(events.includes('test/final.accuracy')).toBe(true);
  const zip = await readFile(await exportFile(playground, 'Whole run'));

  await playground.open();
  const chooser = page.waitForEvent('filechooser');
  await playground.press('Import');
  await (await chooser).setFiles([{ name: 'mine.hpff.zip', mimeType: '', buffer: zip }]);
  await expect.poll(() => playground.step(), { timeout: 60_000 }).toBe(20);
  await playground.waitForStatus('paused');
  expect(await measurements(playground)).toEqual(rows);
  await playground.press('One step');
  await playground.waitForStep(21);
  expect(playground.problems).toEqual([]);
});

test('the export dialog: by keyboard alone, and axe finds nothing', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await page.getByRole('button', { name: 'Export', exact: true }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Export the run' });
  await dialog.getByRole('radio', { name: 'Weights (safetensors)' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: 'ONNX model' })).toBeChecked();
  await expectNothingOfAxeAnywhere(page, 'the export dialog');
  const arrived = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await arrived).suggestedFilename()).toBe('model.onnx');
  await expect(dialog.getByRole('button', { name: /^model\.onnx \(/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeFocused();
});
