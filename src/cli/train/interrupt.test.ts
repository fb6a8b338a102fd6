import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { expectOk } from '../../base/result.ts';
import type { RunRecord } from '../../runs/run-record.ts';
import { startCommand, tinySettings } from '../started-command.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runIn } from './kept-run.ts';

const patience = { timeout: 20_000, interval: 20 };
const tiny = ['--experiment', 'quick', '--executor', 'tfjs-wasm', ...tinySettings.flatMap((one) => ['--set', one])];

const start = (out: string, ...more: string[]) => startCommand('train', [...tiny, '--out', out, ...more]);

const recordIn = async (folder: string): Promise<RunRecord> => {
  const record = expectOk(await runIn(folder).readRecord());
  if (record === undefined) throw new Error(`There is no record in ${folder}.`);
  return record;
};

const checkpointsIn = async (folder: string) => expectOk(await runIn(folder).checkpointSteps());

/** Goes on for one step, in a process of its own. */
async function resumedAt(folder: string, step: number): Promise<string> {
  const resumed = startCommand('train', ['--resume', folder, '--stop-after', String(step + 1)]);
  expect(await resumed.ended).toBe(0);
  return resumed.said();
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends a run after its step and keeps it',
  async (name) => {
    const out = join(temporaryFolder(), 'run');
    const training = start(out, '--steps', '100000');
    await vi.waitFor(() => expect(training.said()).toMatch(/step 1\//), patience);
    training.signal(name);
    expect(await training.ended).toBe(0);
    const { summary } = await recordIn(out);
    expect(summary).toMatchObject({ state: 'unfinished', totalSteps: 100_000 });
    expect(training.said()).toContain(`stopped after ${summary.step} of 100000 steps`);
    expect(await checkpointsIn(out)).toEqual([summary.step]);
    expect(existsSync(join(out, 'weights.safetensors'))).toBe(true);
    expect(await resumedAt(out, summary.step)).toContain(`Going on at step ${summary.step}.`);
    expect((await recordIn(out)).summary.step).toBe(summary.step + 1);
  },
  30_000,
);

test('--checkpoint-every writes while a run is trained: killed without warning, it goes on from there', async () => {
  const out = join(temporaryFolder(), 'run');
  const training = start(out, '--steps', '100000', '--checkpoint-every', '1');
  // It is written after its checkpoint.
  await vi.waitFor(async () => expect((await recordIn(out)).summary.step).toBeGreaterThan(0), patience);
  training.signal('SIGKILL');
  expect(await training.ended).toBeUndefined();
  const [step = 0] = await checkpointsIn(out);
  expect(await resumedAt(out, step)).toContain(`Going on at step ${step}.`);
}, 30_000);

test('a reader of the notes that ends loses nothing of the run', async () => {
  const out = join(temporaryFolder(), 'run');
  const training = start(out, '--steps', '30');
  await vi.waitFor(() => expect(training.said()).toContain('On tfjs-wasm'), patience);
  training.child.stderr?.destroy();
  expect(await training.ended).toBe(0);
  expect((await recordIn(out)).summary).toMatchObject({ state: 'finished', step: 30 });
  expect(await checkpointsIn(out)).toEqual([30]);
  expect(existsSync(join(out, 'weights.safetensors'))).toBe(true);
  expect(training.said()).toContain('test after 30 steps');
}, 30_000);

test('nor does a reader of the result', async () => {
  const out = join(temporaryFolder(), 'run');
  const training = start(out, '--steps', '2');
  training.child.stdout?.destroy();
  await training.ended;
  expect((await recordIn(out)).summary).toMatchObject({ state: 'finished', step: 2 });
  expect(existsSync(join(out, 'weights.safetensors'))).toBe(true);
}, 30_000);
