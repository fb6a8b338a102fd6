import { expect, test } from 'vitest';
import { ok } from '../base/result.ts';
import { firstComparison } from '../experiment/first-comparison.ts';
import { progressAt, recordOf, runOf, settle, startedPlayground } from './test-support.ts';

const group = 'HPFF beside back-propagation';

async function started() {
  let opened = 0;
  return startedPlayground('', (client) =>
    client.answer('open', (request) => {
      if (request.kind !== 'open') throw new Error(request.kind);
      const run = runOf(request.experiment, `run-${++opened}`);
      return ok({ ...run, record: { ...recordOf(request.experiment, run.id), group: request.group } });
    }),
  );
}

test('HPFF and then back-propagation train on the screen of runs, and both stay on the charts', async () => {
  const { client, actions, state } = await started();
  client.say({ kind: 'progress', progress: progressAt(0) });
  actions.compareWithBp();
  await settle();
  expect(state().view).toBe('compare');
  expect(client.of('open').at(-1)).toMatchObject({ experiment: firstComparison, group });
  // The run before was not let go on.
  expect(client.of('play')).toHaveLength(1);
  const first = state().run?.record;
  if (first === undefined) throw new Error('no run');
  client.say({ kind: 'runs', records: [{ ...first, summary: { ...first.summary, step: 50, state: 'finished' } }] });
  client.say({ kind: 'progress', progress: progressAt(50, 'finished') });
  await settle();
  expect(client.of('open').at(-1)).toMatchObject({ experiment: { method: 'bp', network: 'resnet20' }, group });
  client.say({ kind: 'progress', progress: progressAt(0) });
  expect(state().compared).toEqual(['run-2', 'run-3']);
  // The run that the page began with was never begun.
  expect(
    state()
      .runs.map(({ id }) => id)
      .sort(),
  ).toEqual(['run-2', 'run-3']);
});

test('a run that trains is paused for it', async () => {
  const { client, actions } = await started();
  client.say({ kind: 'progress', progress: progressAt(3, 'running') });
  actions.compareWithBp();
  await settle();
  expect(client.of('pause')).toHaveLength(1);
  client.say({ kind: 'progress', progress: progressAt(3) });
  await settle();
  expect(client.of('open').at(-1)).toMatchObject({ group });
});

test('asked for while the page still prepares its first run, it begins once that is ready', async () => {
  let answerFirst: (() => void) | undefined;
  const { client, actions, state } = await startedPlayground('', (fake) => {
    const { request } = fake;
    // The first run takes its time.
    fake.request = async (asked) => {
      if (asked.kind === 'open' && answerFirst === undefined) await new Promise<void>((done) => (answerFirst = done));
      return request.call(fake, asked) as ReturnType<typeof fake.request<typeof asked>>;
    };
  });
  expect(state().opening).toBe(true);
  actions.compareWithBp();
  await settle();
  client.say({ kind: 'progress', progress: progressAt(0) });
  answerFirst?.();
  await settle();
  await settle();
  expect(client.of('open').at(-1)).toMatchObject({ group, experiment: firstComparison });
  // What the controls show meanwhile is no edit of the run that has just become ready.
  expect(client.of('change')).toEqual([]);
});
