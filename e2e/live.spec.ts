import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { fieldKinds } from '../src/app/controls/field-kinds.ts';
import type { Experiment, FieldName } from '../src/experiment/experiment.ts';
import { fieldNames, fields } from '../src/experiment/fields.ts';
import type { RunRecord } from '../src/runs/run-record.ts';
import { small } from './experiments.ts';
import { exportFile } from './pages/files.ts';
import { Playground } from './pages/playground.ts';
import { atEachSize } from './pages/sizes.ts';
import { storedRuns } from './pages/stored-runs.ts';

/** Another value for every scalar, in the order in which each has a meaning; and for some of every group of controls once more. */
const changes = {
  wide: {
    learningRate: 0,
    momentum: 0.8,
    weightDecay: 0.001,
    schedule: 'cosine-epoch',
    warmup: 2,
    wx: 0.2,
    wy: 0.7,
    ixx: [4, 2],
    ixy: [0.6, 0.9],
    epochs: 600,
    evaluateEvery: 30,
    augment: false,
  },
  phone: { learningRate: 0.03, momentum: 0.7, schedule: 'constant', wx: 0.3, ixy: [0.5, 0.8], augment: true },
} as const satisfies Record<string, Partial<Experiment>>;

/** Sets a field in the controls by its label, as a person would. */
async function set(playground: Playground, name: Exclude<FieldName, 'cuts'>, value: unknown): Promise<void> {
  const controls = playground.region('Controls');
  const { title } = fields[name];
  const kind = fieldKinds[name];
  switch (kind.kind) {
    case 'switch':
      return controls.getByRole('switch', { name: title, exact: true }).setChecked(value === true);
    case 'choice':
      await controls.getByRole('combobox', { name: title, exact: true }).selectOption(String(value));
      return;
    case 'numbers':
      for (const [index, part] of kind.parts.entries()) {
        const input = controls.getByRole('spinbutton', { name: `${title}, ${part}`, exact: true });
        await input.fill(String((value as number[])[index]));
        await input.press('Enter');
      }
      return;
    case 'size':
    case 'number':
      return playground.setNumber(title, Number(value));
  }
}

test('every scalar changes while the run trains, is marked, and replays exactly on the command line', async ({
  page,
}) => {
  expect(Object.keys(changes.wide).sort()).toEqual(fieldNames.filter((name) => fields[name].effect === 'now').sort());
  const playground = new Playground(page);
  await playground.openWith({ ...small, epochs: 500, evaluateEvery: 0 });
  await playground.press('Play');
  await atEachSize(page, async (size) => {
    await playground.waitForStep((await playground.step()) + 1);
    for (const [name, value] of Object.entries(changes[size])) {
      await set(playground, name as Exclude<FieldName, 'cuts'>, value);
      await playground.waitForStatus('running');
    }
    await playground.waitForStep((await playground.step()) + 2);
    const marks = page.getByRole('region', { name: 'Changes of the live run' });
    for (const words of [/learning rate/i, /momentum/i, /independent weight/i, /augmentation/i])
      await expect(marks.getByText(words).first()).toBeVisible();
  });
  // A rebuild, too, between two steps.
  await playground.press('k2');
  await expect(playground.region('Network')).toContainText('K = 2');
  await playground.waitForStatus('running');
  await playground.waitForStep((await playground.step()) + 2);
  await playground.press('Pause');
  await playground.waitForStatus('paused');
  await playground.press('One step');
  await playground.waitForStatus('paused');
  const done = await playground.step();

  const measurements = readFileSync(await exportFile(playground, 'Measurements (JSON)'));
  const measured = JSON.parse(measurements.toString());
  const rates: number[] = measured.train.learningRate;
  // A rate of 0 applied from the next step on.
  expect([rates[0], rates.includes(0), rates.at(-1)]).toEqual([0.05, true, 0.03]);
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByRole('button', { name: /^More for / }).click();
  const arrived = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Download run.json' }).click();
  const path = await (await arrived).path();
  const record = JSON.parse(readFileSync(path, 'utf8')) as RunRecord;
  // Another run's changes are marked beside its own.
  const again = { name: 'again.metrics.json', mimeType: '', buffer: measurements };
  await page.getByLabel('Run files').setInputFiles(again);
  const both = page.getByRole('region', { name: 'Changes of the runs shown' });
  await atEachSize(page, () => expect(both.getByText(/^step \d+: again: .*Momentum 0\.9 to 0\.8/)).toBeVisible());

  const { learningRate, momentum, wx } = changes.phone;
  expect(Object.assign({}, ...record.changes.map(({ change }) => change))).toMatchObject({
    learningRate,
    momentum,
    wx,
    cuts: 'k2',
  });
  const { appVersion, commit, executor, device, dataChecksum } = record.provenance;
  expect([appVersion, commit, executor, device, dataChecksum].every((text) => text !== '')).toBe(true);

  const folder = mkdtempSync(join(tmpdir(), 'hpff-replay-'));
  try {
    const out = join(folder, 'out');
    const asked = ['--experiment', path, '--executor', 'tfjs-wasm', '--stop-after', String(done), '--out', out];
    execFileSync(process.execPath, ['--import', 'tsx', 'src/cli/train.ts', ...asked], { stdio: 'pipe' });
    const [head = '', ...rows] = readFileSync(join(out, 'metrics.csv'), 'utf8').trim().split('\n');
    const names = head.split(',');
    const trained = rows.map((row) => row.split(',')).filter((cells) => cells[names.indexOf('phase')] === 'train');
    const column = (name: string) => trained.map((cells) => Number(cells[names.indexOf(name)]));
    expect(column('learningRate')).toEqual(rates);
    expect(column('final.loss')).toEqual(measured.train['final.loss']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  expect(playground.problems).toEqual([]);
});

test('a run with live changes is replayed in the page with the same losses, bit for bit: from its menu, after a reload, from its run.json', async ({
  page,
}) => {
  const playground = new Playground(page);
  await page.addInitScript(() => localStorage.setItem('hpff-settings', '{"checkpointSeconds":1}'));
  // Long enough to be paused in its midst on a fast machine.
  const steps = 60;
  await playground.openWith({ ...small, epochs: 3, evaluateEvery: 0 });
  const stepTo = async (step: number) => {
    while ((await playground.step()) < step) {
      const before = await playground.step();
      await playground.press('One step');
      await playground.waitForStep(before + 1);
      await playground.waitForStatus('paused');
    }
  };
  await stepTo(2);
  await set(playground, 'learningRate', 0.02);
  await set(playground, 'momentum', 0.7);
  await stepTo(4);
  await set(playground, 'wx', 0.3);
  await playground.press('k2');
  await expect(playground.region('Network')).toContainText('K = 2');
  // Changed while a step may be under way: what counts is the step the record says.
  await playground.press('Play');
  await playground.waitForStep(8);
  await set(playground, 'weightDecay', 0.002);
  await playground.waitForStatus('finished');
  const of = async (index: number) => (await storedRuns(page)).filter(({ state }) => state === 'finished')[index];
  await expect.poll(async () => (await of(0))?.losses.length).toBe(steps);
  const original = (await of(0))?.losses;

  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByRole('button', { name: /^More for / }).click();
  const arrived = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Download run.json' }).click();
  const recordFile = readFileSync(await (await arrived).path());
  const record = JSON.parse(recordFile.toString()) as RunRecord;
  expect(record.changes.length).toBeGreaterThanOrEqual(3);

  // From the menu; held in the middle, left by a reload and gone on with.
  await page.getByRole('button', { name: /^More for / }).click();
  await page.getByRole('menuitem', { name: 'Replay', exact: true }).click();
  const note = page.getByRole('region', { name: 'Replay' });
  await expect(note).toContainText(/^Replay of .*changed 3 times/);
  await playground.press('Pause queue');
  await playground.waitForStatus('paused');
  await atEachSize(page, async () => {
    await expect(note).toContainText(new RegExp(`\\d of 3 changes made.*That run came to step ${steps}, on tfjs-wasm`));
    await expect(page.getByRole('row', { name: /^Replay of / })).toContainText('paused');
    // Charts that are still being made have the width of the size before for a moment.
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth))
      .toBe(0);
  });
  await expect.poll(async () => (await storedRuns(page)).length).toBe(2);
  await page.reload();
  await playground.waitForStatus('paused');
  await playground.region('Queue of your last visit').getByRole('button', { name: 'Go on with the queue' }).click();
  await playground.waitForStatus('finished');
  await expect.poll(async () => (await storedRuns(page)).map(({ losses }) => losses)).toEqual([original, original]);
  await atEachSize(page, async () => {
    await expect(note).toContainText(`3 of 3 changes made, losses bit for bit the same at all ${steps} steps`);
    await expect(note).toContainText('No change is to come.');
  });
  const marksOf = async () =>
    page.getByRole('region', { name: 'Changes of the live run' }).getByRole('listitem').allTextContents();
  const marks = await marksOf();
  expect(marks.map((words) => Number(/^step (\d+)/.exec(words)?.[1])).reverse()).toEqual(
    record.changes.map(({ step }) => step),
  );

  // From its file, on another page that knows nothing of it, at each size.
  await atEachSize(page, async (size) => {
    const file = { name: 'ada.json', mimeType: 'application/json', buffer: recordFile };
    const chooser = page.waitForEvent('filechooser');
    await playground.press('Import');
    await (await chooser).setFiles([file]);
    const asked = page.getByRole('region', { name: 'Record of a run' });
    await expect(asked).toContainText(`ada.json is the record of a run: ${steps} steps, changed 3 times`);
    if (size === 'phone') {
      await asked.getByRole('button', { name: 'Put its experiment into the controls' }).click();
      await expect(page.getByText('The experiment of ada.json is shown in the controls')).toBeVisible();
      return;
    }
    await asked.getByRole('button', { name: 'Replay it' }).click();
    await expect(note).toContainText('Replay of');
    await playground.press('Pause');
    await playground.waitForStatus('paused');
    await note.getByText(/^Replay of/).click();
    await expect(note).toContainText('those fields stay as you set them');
    // The page was opened as a phone's.
    await playground.region('Controls').getByRole('heading', { name: 'Optimiser', exact: true }).click();
    // By hand: this one stays as it is set, the others are made.
    await set(playground, 'weightDecay', 0.03);
    await expect(note).toContainText('Yours: Weight decay');
    await playground.press('Play');
    await playground.waitForStatus('finished');
    await expect(playground.region('Controls').getByRole('spinbutton', { name: 'Weight decay' })).toHaveValue('0.03');
    await expect(note).toContainText(/losses differ from step \d+ on/);
  });
  expect(playground.problems).toEqual([]);
});
