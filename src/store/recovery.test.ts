import { expect, it } from 'vitest';
import { fail, ok } from '../base/result.ts';
import { startingExperiment } from '../experiment/presets.ts';
import { replayOf } from '../runs/replay.ts';
import { createRecovery } from './recovery.ts';
import { progressAt, recordOf, runOf, settle, startedPlayground } from './test-support.ts';

const nothing = { rows: 0, columns: [] };

async function playing() {
  const started = await startedPlayground('', (client) => {
    const resumed = runOf(startingExperiment);
    const record = { ...resumed.record, summary: { ...resumed.record.summary, step: 7 } };
    client.answer('resume', () => ok({ ...resumed, record, step: 7, notes: [] }));
    client.answer('readHistory', () => ok({ train: nothing, validation: nothing, test: nothing, gradients: nothing }));
  });
  const { client, state } = started;
  const record = recordOf(state().experiment);
  client.say({ kind: 'runs', records: [{ ...record, summary: { ...record.summary, step: 9 } }] });
  client.say({ kind: 'progress', progress: progressAt(9, 'running') });
  return started;
}
const lost = { message: 'The GPU device was lost.', fault: 'device-lost' } as const;

it('a lost device: the run is resumed from its checkpoint and plays on', async () => {
  const { client, state } = await playing();
  client.say({ kind: 'progress', progress: progressAt(9, 'failed') });
  client.say({ kind: 'failed', error: lost });
  expect(state().problems.failure).toEqual(lost);
  expect(state().opening).toBe(true);
  await settle();
  expect(client.of('resume')).toHaveLength(1);
  expect(state().problems.failure).toBeUndefined();
  expect(state().notice).toContain('step 7');
  expect(client.asked.at(-1)?.kind).toBe('play');
});

it('a worker that stopped is told the settings again, and a paused run stays paused', async () => {
  const { client } = await playing();
  client.say({ kind: 'progress', progress: progressAt(9, 'paused') });
  client.say({ kind: 'stopped', error: { message: 'The training worker stopped.', fault: 'worker-lost' } });
  await settle();
  const kinds = client.asked.map(({ kind }) => kind);
  expect(kinds.lastIndexOf('configure')).toBeLessThan(kinds.lastIndexOf('resume'));
  expect(kinds.at(-1)).toBe('readHistory');
});

it('what goes wrong again and again is left to the user', async () => {
  const { client, state } = await playing();
  for (let time = 0; time < 5; time++) {
    client.say({ kind: 'failed', error: lost });
    await settle();
  }
  expect(client.of('resume')).toHaveLength(3);
  expect(state().problems.failure).toMatchObject({ fault: 'device-lost', message: expect.stringContaining('4 times') });
});

it('a run that diverged waits for the user', async () => {
  const { client, state } = await playing();
  client.say({ kind: 'failed', error: { message: 'At step 9 ...', fault: 'diverged' } });
  await settle();
  expect(client.of('resume')).toHaveLength(0);
  expect(state().problems.failure?.fault).toBe('diverged');
});

it('a replay that is lost before its first step begins again from the first experiment, with all its changes to come', async () => {
  const { client, actions, playground, state } = await startedPlayground();
  const first = state().experiment;
  const recorded = { ...recordOf(first, 'ada'), changes: [{ step: 0, change: { learningRate: 0.5 } }] };
  const replay = { ...replayOf(recorded, 'ada'), made: 1, own: ['momentum' as const] };
  const { run } = state();
  if (run === undefined) throw new Error('no run');
  const changed = { ...first, learningRate: 0.5 };
  playground.setState({ run: { ...run, experiment: changed, record: { ...run.record, replay } } });
  actions.dismiss('failure');
  client.say({ kind: 'failed', error: lost });
  await settle();
  expect(client.of('resume')).toHaveLength(0);
  expect(client.of('open').at(-1)).toMatchObject({ experiment: first, replay: { of: 'ada', made: 0, own: [] } });
});

it('where the run cannot be resumed the reason is said and the failure stays', async () => {
  const { client, state } = await playing();
  client.answer('resume', () => fail('This run is open in another tab.'));
  client.say({ kind: 'failed', error: lost });
  await settle();
  expect(state().problems.runs?.message).toContain('another tab');
  expect(state().problems.failure).toEqual(lost);
  expect(client.of('play')).toHaveLength(0);
});

it('however the clock leaps, the page mends itself three times in ten minutes and no more', async () => {
  const { client, state } = await playing();
  let time = 0;
  let resumed = 0;
  const recovery = createRecovery(
    { client, get: state, report: () => {}, open: async () => ok(undefined) },
    {
      resumeRun: async () => {
        resumed += 1;
        return ok(undefined);
      },
    },
    async () => {},
    () => time,
  );
  const failing = async (times: number) => {
    for (let failure = 0; failure < times; failure++) await recovery.failed(lost);
    return resumed;
  };
  expect(await failing(5)).toBe(3);
  // Asleep for a night: a device that is gone on waking is mended again.
  time += 8 * 3_600_000;
  expect(await failing(5)).toBe(6);
  // Set back by a day: what was long ago does not wait for the day to come.
  time -= 24 * 3_600_000;
  expect(await failing(5)).toBe(9);
  time += 60_000;
  expect(await failing(5)).toBe(9);
});
