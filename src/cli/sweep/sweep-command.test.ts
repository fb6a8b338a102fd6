import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { keptOutput } from '../command.ts';
import { startCommand, tinySettings } from '../started-command.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runIn } from '../train/kept-run.ts';
import { trainCommand } from '../train/train-command.ts';
import { sweepCommand } from './sweep-command.ts';

interface Plan {
  readonly set?: readonly string[];
  readonly grid?: Readonly<Record<string, readonly unknown[]>>;
  readonly seeds?: readonly number[];
}

/** A sweep's file and folder, and what it does when it is started. */
function sweepIn(folder: string) {
  const [file, out] = [join(folder, 'sweep.json'), join(folder, 'sweep')];
  const plan = ({ set = [], grid = {}, seeds = [1] }: Plan) =>
    writeFileSync(
      file,
      JSON.stringify({ experiment: 'quick', set: [...tinySettings, 'epochs=1', ...set], grid, seeds }),
    );
  const run = async (...more: string[]) => {
    const output = keptOutput();
    return { code: await sweepCommand([file, '--out', out, ...more], output), ...output };
  };
  return { file, out, plan, run, results: () => readFileSync(join(out, 'results.csv'), 'utf8') };
}

const recordIn = async (folder: string) => expectOk(await runIn(folder).readRecord());

/** Trains what a sweep would have, with the settings given, into the folder of its first run. */
async function trainFirst(out: string, ...settings: string[]): Promise<void> {
  const set = [...tinySettings, 'epochs=1', 'seed=1', ...settings].flatMap((one) => ['--set', one]);
  const argv = ['--experiment', 'quick', '--executor', 'tfjs-wasm', ...set, '--out', join(out, '001-seed-1')];
  const output = keptOutput();
  expect([await trainCommand(argv, output), output.notes.filter((note) => note.includes('bug'))]).toEqual([0, []]);
}

test('takes what is finished where the plan asks for it, and refuses what is another run', async () => {
  const { out, plan, run, results } = sweepIn(temporaryFolder());
  await trainFirst(out, 'learningRate=0.1');
  const stored = await recordIn(join(out, '001-seed-1'));

  plan({ grid: { learningRate: [0.1] } });
  const taken = await run();
  expect([taken.code, (await recordIn(join(out, '001-seed-1')))?.id]).toEqual([0, stored?.id]);
  expect(results()).toContain('"learningRate=0.1",1,');

  plan({ grid: { learningRate: [0.001] } });
  const refused = await run();
  expect([refused.code, refused.lines]).toEqual([1, []]);
  expect(refused.notes.join()).toMatch(
    /001-seed-1 holds another run .*learningRate is 0\.1, not 0\.001.*--out.*--overwrite/,
  );
  expect(results()).not.toContain('0.001"');

  plan({ grid: { learningRate: [0.1] } });
  expect((await run('--executor', 'interpreter')).notes.join()).toContain('trained on tfjs-wasm, not on interpreter');
});

test('refuses before anything runs, whatever point of the grid it is', async () => {
  const { out, plan, run } = sweepIn(temporaryFolder());
  await trainFirst(out);
  plan({ set: ['batch=8'], seeds: [2, 1] });
  writeFileSync(join(out, '001-seed-1', 'record.json'), '{');
  expect((await run()).notes.join()).toMatch(/record\.json is damaged.*--overwrite/);
  plan({ grid: { cuts: ['k2', 'k99'] } });
  expect((await run('--overwrite')).notes.join()).toContain('k99');
  expect((await run('--executor', 'cuda')).notes.join()).toContain('there is no such executor');
  expect(existsSync(join(out, '001-seed-2'))).toBe(false);
});

test('--overwrite trains anew what is another run', async () => {
  const { out, plan, run, results } = sweepIn(temporaryFolder());
  await trainFirst(out, 'learningRate=0.1');
  const stored = await recordIn(join(out, '001-seed-1'));
  plan({ grid: { learningRate: [0.001] } });
  const done = await run('--overwrite', '--executor', 'tfjs-wasm');
  expect(done.code).toBe(0);
  const record = await recordIn(join(out, '001-seed-1'));
  expect(record?.experiment.learningRate).toBe(0.001);
  expect(record?.id).not.toBe(stored?.id);
  expect(results()).toContain('"learningRate=0.001",1,');
}, 30_000);

test.each([
  ['Ctrl-C', 'all', 'SIGINT'],
  ['SIGTERM to it alone', 'itself', 'SIGTERM'],
] as const)(
  '%s keeps the run under way, and the next start goes on from there',
  async (_, to, name) => {
    const { file, out, plan, run, results } = sweepIn(temporaryFolder());
    plan({ set: ['epochs=10'], seeds: [1, 2] });
    const sweep = startCommand('sweep', [file, '--out', out, '--executor', 'tfjs-wasm']);
    await vi.waitFor(() => expect(sweep.said()).toMatch(/step 1\//), { timeout: 20_000, interval: 20 });
    if (to === 'all') sweep.signal(name);
    else sweep.child.kill(name);
    expect(await sweep.ended).toBe(1);
    expect(sweep.said()).toContain('ended in run 1 of 2. Start it again to go on');
    const { id, summary } = (await recordIn(join(out, '001-seed-1'))) ?? {};
    expect(summary).toMatchObject({ state: 'unfinished', totalSteps: 40 });
    expect(expectOk(await runIn(join(out, '001-seed-1')).checkpointSteps())).toEqual([summary?.step]);
    expect([existsSync(join(out, '002-seed-2')), existsSync(join(out, 'results.csv'))]).toEqual([false, false]);

    plan({ set: ['epochs=10'], seeds: [1] });
    const again = await run();
    expect([again.code, again.notes.join()]).toEqual([
      0,
      expect.stringContaining(`Going on at step ${summary?.step}.`),
    ]);
    expect(await recordIn(join(out, '001-seed-1'))).toMatchObject({ id, summary: { state: 'finished', step: 40 } });
    expect(results()).toContain('"",1,');
  },
  30_000,
);
