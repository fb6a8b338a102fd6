import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFolderStore } from '../../archive/folder-store.ts';
import { StoredRun } from '../../archive/stored-run.ts';
import { expectOk } from '../../base/result.ts';
import { fakeRun } from '../../formats/run-zip/run.fakes.ts';
import { readRunZip, writeRunZip } from '../../formats/run-zip/run-zip.ts';
import { parseSafetensors, writeSafetensors } from '../../formats/safetensors.ts';
import { readZip } from '../../formats/zip.ts';
import { keptOutput } from '../command.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { exportCommand } from './export-command.ts';
import { tinyExperiment, tinyRun } from './tiny-run.ts';

async function run(...argv: string[]) {
  const output = keptOutput();
  return { code: await exportCommand(argv, output), ...output };
}

async function runFolder(): Promise<string> {
  const folder = temporaryFolder();
  const { experiment, file } = await tinyRun(tinyExperiment('dgl/resnet8-k3', { trainSize: 40, testSize: 20 }), 1);
  writeFileSync(join(folder, 'experiment.json'), JSON.stringify(experiment));
  writeFileSync(join(folder, 'weights.safetensors'), writeSafetensors(file));
  return folder;
}

test('exports a folder in the formats of weights', async () => {
  const folder = await runFolder();
  const out = join(folder, 'made');
  for (const format of ['safetensors', 'onnx', 'tfjs', 'pytorch', 'experiment', 'images']) {
    const { code, lines, notes } = await run(folder, '--format', format, '--out', out, '--early-exits', '--images');
    expect([code, notes]).toEqual([0, []]);
    expect(lines[0]).toContain(`${readFileSync(out).length} bytes`);
  }
  const images = expectOk(parseSafetensors(readFileSync(out), 'images'));
  expect(images.tensors.get('train.images')?.shape).toEqual([40, 32, 32, 3]);
  expect((await run(folder, '--format', 'safetensors', '--without-optimiser', '--out', out)).code).toBe(0);
  expect([...expectOk(parseSafetensors(readFileSync(out), 'a')).tensors.keys()].join()).not.toContain('optimiser');
});

test('exports the measurements of a run that was exported whole', async () => {
  const folder = temporaryFolder();
  const zip = join(folder, 'a.hpff.zip');
  const out = join(folder, 'out');
  writeFileSync(zip, writeRunZip(fakeRun()));
  expect((await run(zip, '--format', 'csv', '--out', out)).code).toBe(0);
  expect(readFileSync(out, 'utf8').split('\n')[0]).toContain('1.0/probe.accuracy');
  for (const format of ['json', 'tensorboard', 'run'])
    expect((await run(zip, '--format', format, '--out', out)).code).toBe(0);
  expect([...expectOk(readZip(readFileSync(out), 'a', { bytes: 1e6 })).keys()]).toContain('record.json');
});

test('exports a folder that keeps record, measurements and checkpoints, though the run was cut off', async () => {
  const folder = temporaryFolder();
  const { record, history, weights } = fakeRun();
  const stored = new StoredRun(createFolderStore(folder), '');
  expectOk(await stored.writeHistory(history));
  expectOk(await stored.writeCheckpoint(3, weights));
  expectOk(await stored.writeRecord(record));
  const out = join(folder, 'out.hpff.zip');
  expect((await run(folder, '--format', 'run', '--out', out)).code).toBe(0);
  const opened = expectOk(readRunZip(readFileSync(out), 'out'));
  expect(opened.history.data()).toEqual(history.data());
  expect(opened.weights).toEqual(weights);
});

test.each([
  [['--format', 'onnx', '--out', 'x'], 'Name one run'],
  [['nowhere', '--format', 'onnx', '--out', 'x'], 'There is no nowhere'],
  [['.', '--format', 'gif', '--out', 'x'], '--format gif is not known'],
  [['.', '--format', 'onnx'], '--out is missing'],
  [['.', '--format', 'onnx', '--out', 'x'], 'lacks weights.safetensors'],
])('refuses %j in words', async (argv, words) => {
  const { code, notes } = await run(...argv);
  expect(code).toBe(1);
  expect(notes[0]).toContain(words);
});
