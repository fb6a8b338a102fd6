import { expect, it } from 'vitest';
import { fail, ok } from '../base/result.ts';
import { startingExperiment } from '../experiment/presets.ts';
import { progressAt, recordOf, runOf, settle, startedPlayground } from './test-support.ts';

const nothing = { rows: 0, columns: [] };
const diverged = { message: 'At step 9 ...', fault: 'diverged' } as const;

/** A page whose run has stopped, and whose worker brings it back. */
async function stopped() {
  const started = await startedPlayground('', (client) => {
    const resumed = runOf(startingExperiment);
    client.answer('resume', () => ok({ ...resumed, step: 7, notes: [] }));
    client.answer('readHistory', () => ok({ train: nothing, validation: nothing, test: nothing, gradients: nothing }));
  });
  started.client.say({ kind: 'runs', records: [recordOf(started.state().experiment)] });
  started.client.say({ kind: 'progress', progress: progressAt(9, 'failed') });
  started.client.say({ kind: 'failed', error: diverged });
  await settle();
  expect(started.state().problems.failure).toEqual(diverged);
  return started;
}

it('goes back to the last checkpoint and edits the experiment there', async () => {
  const { client, actions, state } = await stopped();
  await actions.goBackWith({ learningRate: 0.005 });
  await settle();
  expect(state().problems.failure).toBeUndefined();
  expect(state().experiment.learningRate).toBe(0.005);
  expect(client.of('change').at(-1)?.experiment.learningRate).toBe(0.005);
  expect(client.of('play')).toHaveLength(0);
});

it('goes on from the last checkpoint, on another executor where that is asked', async () => {
  const { client, actions } = await stopped();
  await actions.goOn('tfjs-wasm');
  expect(client.of('resume').at(-1)).toMatchObject({ run: 'run-1', executor: 'tfjs-wasm' });
  expect(client.asked.at(-1)?.kind).toBe('play');
});

it('where the run cannot be brought back nothing else happens, and the failure stays', async () => {
  const { client, actions, state } = await stopped();
  client.answer('resume', () => fail('WebGPU refused a device.'));
  await actions.goBackWith({ learningRate: 0.005 });
  await actions.goOn();
  expect(client.of('change')).toHaveLength(0);
  expect(client.of('play')).toHaveLength(0);
  expect(state().problems).toMatchObject({ failure: diverged, runs: { message: 'WebGPU refused a device.' } });
});
