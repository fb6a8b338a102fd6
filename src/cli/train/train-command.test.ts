import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { parseExperiment } from '../../experiment/schema.ts';
import { parseSafetensors } from '../../formats/safetensors.ts';
import { historyCsv } from '../../runs/history-csv.ts';
import { keptOutput } from '../command.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runIn } from './kept-run.ts';
import { trainCommand } from './train-command.ts';

const sizes = [
  'widths=[2,2,4,4]',
  'auxDim=4',
  'decoderHidden=2',
  'batch=10',
  'trainSize=40',
  'testSize=20',
  'epochs=3',
];
const tiny = ['--experiment', 'quick', '--executor', 'tfjs-wasm', ...sizes.flatMap((size) => ['--set', size])];

const run = async (...argv: string[]) => {
  const output = keptOutput();
  return { code: await trainCommand(argv, output), ...output };
};

/** `metrics.csv` as records by column. */
function readMetrics(folder: string): Record<string, string>[] {
  const [header = '', ...rows] = readFileSync(join(folder, 'metrics.csv'), 'utf8').trimEnd().split('\n');
  return rows.map((row) => {
    const cells = row.split(',');
    return Object.fromEntries(header.split(',').map((name, column) => [name, cells[column] ?? 'missing']));
  });
}

test('trains, tests every epoch and writes weights, experiment and metrics', async () => {
  const out = join(temporaryFolder(), 'run');
  const { code, lines, notes } = await run(...tiny, '--epochs', '2', '--out', out);
  expect([code, notes.filter((note) => note.includes('bug'))]).toEqual([0, []]);
  expect(lines).toEqual([expect.stringMatching(/^test after 8 steps: loss \d+\.\d+, accuracy \d+\.\d+ %$/)]);

  const experiment = expectOk(parseExperiment(JSON.parse(readFileSync(join(out, 'experiment.json'), 'utf8'))));
  expect(experiment).toMatchObject({ epochs: 2, batch: 10, method: 'infopro' });
  const path = join(out, 'weights.safetensors');
  const weights = expectOk(parseSafetensors(readFileSync(path), path));
  expect(weights.metadata).toMatchObject({ step: '8', total_steps: '8' });
  expect(weights.tensors.get('conv1.weight')?.shape).toEqual([2, 3, 3, 3]);

  const metrics = readMetrics(out);
  expect(metrics.map(({ phase, step }) => `${phase} ${step}`)).toEqual([
    ...['train 1', 'train 2', 'train 3', 'train 4', 'test 4'],
    ...['train 5', 'train 6', 'train 7', 'train 8', 'test 8'],
  ]);
  const columns = Object.keys(metrics[0] ?? {});
  expect(columns.slice(0, 9)).toEqual([
    ...['phase', 'step', 'epoch', 'seconds', 'learningRate', 'imagesPerSecond'],
    ...['final.loss', 'final.accuracy', '1.0/probe.accuracy'],
  ]);
  // As the page exports it, to the letter.
  const { history } = expectOk(await runIn(out).readHistory());
  expect(readFileSync(join(out, 'metrics.csv'), 'utf8')).toBe([...historyCsv(history)].join(''));
  for (const row of metrics) {
    expect(Number(row['final.loss'])).toBeGreaterThan(0);
    // As released, module 0 has no loss of its own.
    expect([row['1.0/independent.loss'], row['1.0/cascade.loss']]).toEqual([undefined, undefined]);
    expect(row['2.0/cascade.loss']).toMatch(/^\d/);
  }
});

test('--stop-after ends early on the same schedule; --steps sets its length', async () => {
  const folder = temporaryFolder();
  const whole = await run(...tiny, '--steps', '6', '--out', join(folder, 'whole'));
  const early = await run(...tiny, '--steps', '6', '--stop-after', '3', '--out', join(folder, 'early'));
  expect([whole.code, early.code]).toEqual([0, 0]);
  expect(early.lines[0]).toContain('test after 3 steps');
  const rates = (name: string) =>
    readMetrics(join(folder, name))
      .filter(({ phase }) => phase === 'train')
      .map(({ learningRate, ...row }) => `${learningRate} ${row['final.loss']}`);
  expect(rates('whole')).toHaveLength(6);
  expect(rates('early')).toEqual(rates('whole').slice(0, 3));
});

const trained = (folder: string) =>
  readMetrics(folder)
    .filter(({ phase }) => phase === 'train')
    .map((row) => `${row.step} ${row.learningRate} ${row['2.0/cascade.loss']} ${row['final.loss']}`);

const recordIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8'));

test('--resume goes on from the last checkpoint with the same numbers', async () => {
  const folder = temporaryFolder();
  const [whole, parts] = [join(folder, 'whole'), join(folder, 'parts')];
  expect((await run(...tiny, '--steps', '7', '--out', whole)).code).toBe(0);
  expect((await run(...tiny, '--steps', '7', '--stop-after', '3', '--out', parts)).code).toBe(0);
  // Rows that no checkpoint reaches are measured again.
  const metrics = readFileSync(join(parts, 'metrics.csv'), 'utf8');
  writeFileSync(join(parts, 'metrics.csv'), `${metrics}train,4,1,1,1,1\n`);
  const resumed = await run('--resume', parts, '--checkpoint-every', '1');
  expect([resumed.code, resumed.notes.filter((note) => note.includes('differ'))]).toEqual([0, []]);
  expect(trained(parts)).toEqual(trained(whole));
  expect(recordIn(parts).handovers).toEqual([]);
  expect((await run('--resume', parts, '--executor', 'interpreter')).code).toBe(0);
  expect(recordIn(parts)).toMatchObject({
    provenance: { executor: 'tfjs-wasm' },
    handovers: [{ step: 7, provenance: { executor: 'interpreter' } }],
  });
  const again = await run('--resume', parts, '--set', 'seed=3');
  expect(again.notes.join()).toContain('does not go with --resume');
  expect((await run('--resume', join(folder, 'none'))).notes.join()).toContain('holds no record.json');
});

test('--resume says why numbers will differ', async () => {
  const out = join(temporaryFolder(), 'run');
  expect((await run(...tiny, '--steps', '3', '--stop-after', '2', '--out', out)).code).toBe(0);
  const record = recordIn(out);
  const notesFor = async (provenance: object, ...more: string[]) => {
    writeFileSync(
      join(out, 'record.json'),
      JSON.stringify({ ...record, provenance: { ...record.provenance, ...provenance }, handovers: [] }),
    );
    const { notes } = await run('--resume', out, '--stop-after', '2', ...more);
    return notes.filter((note) => note.includes('differ'));
  };
  expect(await notesFor({})).toEqual([]);
  expect(await notesFor({ device: 'a 6502' })).toEqual([expect.stringContaining('was trained on a 6502; on ')]);
  expect(await notesFor({ kernels: 'tiled' })).toEqual([expect.stringContaining('other kernels')]);
  expect(await notesFor({ dataChecksum: '0' })).toEqual([expect.stringContaining('images are not those')]);
  expect(await notesFor({}, '--executor', 'interpreter')).toEqual([
    expect.stringContaining('was trained on tfjs-wasm; on interpreter'),
    expect.stringContaining('Checkpoints hold float32'),
  ]);
});

test('a run that diverges says what there is to go on from', async () => {
  const folder = temporaryFolder();
  const wild = ['learningRate=10', 'momentum=0.99', 'weightDecay=0.9'].flatMap((one) => ['--set', one]);
  const lost = await run(...tiny, ...wild, '--steps', '400', '--out', join(folder, 'lost'));
  expect([lost.code, lost.notes.at(-1)]).toEqual([
    1,
    expect.stringMatching(/^At step \d+ .* of (module \d|the head) .*below 10: --set learningRate=NUMBER/),
  ]);
  expect(lost.notes.at(-1)).toMatch(/No checkpoint had been written; --checkpoint-every SECONDS/);
  expect(recordIn(join(folder, 'lost')).summary.state).toBe('diverged');

  const out = join(folder, 'kept');
  expect((await run(...tiny, ...wild, '--steps', '400', '--stop-after', '1', '--out', out)).code).toBe(0);
  const { code, notes } = await run('--resume', out);
  expect([code, notes.at(-1)]).toEqual([1, expect.stringContaining(`of step 1, is kept: --resume ${out} goes on`)]);
});

test('a record is repeated with the changes made to it', async () => {
  const folder = temporaryFolder();
  const out = join(folder, 'first');
  expect((await run(...tiny, '--steps', '1', '--out', out)).code).toBe(0);
  const record = recordIn(out);
  const path = join(folder, 'run.json');
  const changes = [
    { step: 1, change: { learningRate: 0.25 } },
    { step: 2, change: { cuts: 'k2' } },
    { step: 3, change: { learningRate: 0.125 } },
  ];
  writeFileSync(path, JSON.stringify({ ...record, changes }));
  const repeat = async (name: string, ...more: string[]) => {
    const { code, notes } = await run(
      '--experiment',
      path,
      '--set',
      'schedule=constant',
      '--steps',
      '5',
      '--executor',
      'tfjs-wasm',
      '--out',
      join(folder, name),
      ...more,
    );
    expect([code, notes.filter((note) => note.includes('bug'))]).toEqual([0, []]);
    return readMetrics(join(folder, name)).filter(({ phase }) => phase === 'train');
  };
  const rows = await repeat('second');
  expect(rows.slice(1).map(({ learningRate }) => Number(learningRate))).toEqual([0.25, 0.25, 0.125, 0.125]);
  // A module's columns are those of its last block, before and after a re-cut.
  const probes = (row: Record<string, string>) =>
    Object.keys(row).filter((name) => name.endsWith('/probe.accuracy') && row[name] !== '');
  expect(rows.map((row) => probes(row).length)).toEqual([3, 3, 2, 2, 2]);
  const kept = recordIn(join(folder, 'second'));
  expect(kept.changes).toEqual(changes);
  expect(kept.replay).toMatchObject({ of: record.id, changes, made: 3, own: [] });
  const repeated = await repeat('third');
  expect(repeated.map((row) => row['final.loss'])).toEqual(rows.map((row) => row['final.loss']));

  // Broken off among the changes, it goes on with those that are left.
  for (const stop of ['1', '2']) {
    await repeat(`until ${stop}`, '--stop-after', stop);
    const parts = join(folder, `until ${stop}`);
    expect((await run('--resume', parts)).code).toBe(0);
    expect(recordIn(parts).changes).toEqual(changes);
    expect(
      readMetrics(parts)
        .filter(({ phase }) => phase === 'train')
        .map((row) => row['final.loss']),
    ).toEqual(rows.map((row) => row['final.loss']));
  }
});

test('a record is repeated over its whole schedule: as long as it was, and longer where it was made so after its last step', async () => {
  const folder = temporaryFolder();
  const out = join(folder, 'first');
  expect((await run(...tiny, '--set', 'schedule=cosine-step', '--steps', '6', '--out', out)).code).toBe(0);
  const repeat = async (record: object, name: string) => {
    const path = join(folder, `${name}.json`);
    writeFileSync(path, JSON.stringify(record));
    const { code } = await run('--experiment', path, '--executor', 'tfjs-wasm', '--out', join(folder, name));
    expect(code).toBe(0);
    return trained(join(folder, name));
  };
  expect(await repeat(recordIn(out), 'same')).toEqual(trained(out));
  const own = recordIn(out);
  const summary = { ...own.summary, totalSteps: 8, stepsPerEpoch: 4 };
  const experiment = { ...own.experiment, epochs: 1 };
  const longer = { ...own, experiment, summary, changes: [{ step: 4, change: { epochs: 2 } }] };
  expect(await repeat(longer, 'longer')).toHaveLength(8);
});

test('keeps what is in the folder unless told to replace it', async () => {
  const out = temporaryFolder();
  writeFileSync(join(out, 'weights.safetensors'), 'old');
  const refused = await run(...tiny, '--steps', '1', '--out', out);
  expect(refused.code).toBe(1);
  expect(refused.notes.join()).toContain('is not empty');
  expect(readFileSync(join(out, 'weights.safetensors'), 'utf8')).toBe('old');
  expect((await run(...tiny, '--steps', '1', '--out', out, '--overwrite')).code).toBe(0);
  expect(readFileSync(join(out, 'weights.safetensors'), 'utf8')).not.toBe('old');
});

test('refuses in a sentence, before anything is written', async () => {
  const folder = temporaryFolder();
  const out = join(folder, 'none');
  mkdirSync(join(folder, 'empty'));
  for (const [argv, why] of [
    [tiny, '--out is missing'],
    [[...tiny, '--steps', '0', '--out', out], '--steps 0 is not possible'],
    [[...tiny, '--steps', '3', '--epochs', '2', '--out', out], 'Give one of them'],
    [[...tiny, '--set', 'data=cifar-10', '--out', out], 'Name the folder with its files'],
    [[...tiny, '--set', 'data=cifar-10', '--data', join(folder, 'nowhere'), '--out', out], 'there is no such file'],
    [[...tiny, '--set', 'data=cifar-10', '--data', join(folder, 'empty'), '--out', out], 'holds no files'],
    [[...tiny, '--executor', 'tfjs-webgl', '--out', out], 'needs a browser'],
    [[...tiny, '--executor', 'cuda', '--out', out], 'there is no such executor'],
    [[...tiny, '--set', 'batch=41', '--out', out], '41'],
  ] as const) {
    const { code, lines, notes } = await run(...argv);
    expect([why, code, lines]).toEqual([why, 1, []]);
    expect(notes.join()).toContain(why);
  }
  expect(existsSync(out)).toBe(false);
});
