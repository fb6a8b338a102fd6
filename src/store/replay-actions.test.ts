import { expect, it } from 'vitest';
import { ok } from '../base/result.ts';
import { startingExperiment } from '../experiment/presets.ts';
import type { RunRecord } from '../runs/run-record.ts';
import { progressAt, recordOf, runOf, settle, startedPlayground } from './test-support.ts';

const changed: RunRecord = {
  ...recordOf(startingExperiment, 'first'),
  name: 'ada',
  changes: [
    { step: 3, change: { learningRate: 0.5 } },
    { step: 7, change: { momentum: 0.1 } },
  ],
};

async function page() {
  let runs = 0;
  const started = await startedPlayground('', (client) => {
    client.answer('open', (request) => {
      if (request.kind !== 'open') return ok(undefined);
      const run = runOf(request.experiment, `run-${++runs}`);
      return ok({ ...run, record: { ...run.record, replay: request.replay }, notes: ['Numbers may differ.'] });
    });
    client.answer('change', (request) =>
      ok(request.kind === 'change' ? runOf(request.experiment, `run-${runs}`) : undefined),
    );
  });
  started.client.say({ kind: 'progress', progress: progressAt(0) });
  return started;
}

const jsonFile = (name: string, data: unknown) => ({ path: name, file: new File([JSON.stringify(data)], name) });

it('queues the first experiment with the changes to make, on the executor of the run, and says where numbers may differ', async () => {
  const { actions, client, state } = await page();
  actions.replayRun(changed, 'ada');
  await settle();
  expect(client.of('open').at(-1)).toMatchObject({
    executor: 'auto',
    experiment: changed.experiment,
    replay: { of: 'first', name: 'ada', changes: changed.changes, made: 0, own: [] },
  });
  expect(client.asked.at(-1)?.kind).toBe('play');
  expect(state().queue.entries).toMatchObject([{ title: 'Replay of ada', state: { kind: 'running' } }]);
  expect(state().notice).toBe('Numbers may differ.');
});

it('takes a change that was made again over: controls, marks at its step, and undo leaves it', async () => {
  const { actions, client, state } = await page();
  actions.replayRun(changed, 'ada');
  await settle();
  actions.change({ weightDecay: 0.01 });
  await settle();
  const { run } = state();
  if (run === undefined) throw new Error('no run');
  const experiment = { ...run.experiment, learningRate: 0.5 };
  const record = { ...run.record, changes: changed.changes.slice(0, 1) };
  client.say({ kind: 'replayed', run: { ...run, record, experiment } });
  expect(state().experiment).toMatchObject({ learningRate: 0.5, weightDecay: 0.01 });
  expect(state().history.marks.at(-1)).toMatchObject({ step: 3, after: { learningRate: 0.5 } });
  actions.undo();
  await settle();
  expect(state().experiment).toMatchObject({ learningRate: 0.5, weightDecay: startingExperiment.weightDecay });
  expect(client.of('change').at(-1)?.from).toMatchObject({ learningRate: 0.5 });
  client.say({ kind: 'replayEnded', error: { message: 'It cannot be made.' } });
  expect(state().problems.transport?.message).toBe('It cannot be made.');
});

it("refuses what a teacher's link locks at any of its changes", async () => {
  const { actions, client, playground, state } = await page();
  playground.setState({ limits: { locked: { momentum: startingExperiment.momentum }, memoryBudget: undefined } });
  const opened = client.of('open').length;
  actions.replayRun(changed, 'ada');
  expect(state().problems.import?.message).toContain('locked');
  expect(client.of('open')).toHaveLength(opened);
});

it('asks what to do with a record that is given as a file, whatever it is called, and shows several under Runs', async () => {
  const { actions, client, state } = await page();
  actions.takeFiles([jsonFile('anything.json', changed)]);
  await settle();
  await settle();
  expect(state().problems.import).toBeUndefined();
  expect(state().givenRecord).toMatchObject({ file: { name: 'anything.json' }, record: { id: 'first' } });
  actions.dismissRecord();
  expect(state().givenRecord).toBeUndefined();
  actions.takeFiles([jsonFile('broken.json', { ...changed, version: 7 })]);
  await settle();
  await settle();
  expect(state().problems.import?.message).toMatch(/broken\.json.*damaged or newer/);
  client.answer('readRunFiles', () => ok({ runs: [], problems: [] }));
  actions.takeFiles([jsonFile('ada.json', changed), jsonFile('ben.json', changed)]);
  await settle();
  await settle();
  expect(state().view).toBe('compare');
  expect(client.of('readRunFiles')[0]?.files).toHaveLength(2);
});
