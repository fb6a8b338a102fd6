import { describe, expect, it } from 'vitest';
import { fail, ok } from '../base/result.ts';
import { startingExperiment } from '../experiment/presets.ts';
import { History } from '../runs/history.ts';
import { experimentHash } from './share-link.ts';
import { statusOf, versionAtRest, waitingFields, waitsForNewRun } from './state.ts';
import { dataInfo, progressAt, recordOf, runOf, settle, startedPlayground } from './test-support.ts';

describe('start', () => {
  it('opens the experiment of the link at once', async () => {
    const linked = { ...startingExperiment, batch: 16 };
    const { client, state } = await startedPlayground(experimentHash(linked));
    expect(client.of('open').map((request) => request.experiment.batch)).toEqual([16]);
    expect(state().run?.experiment).toEqual(linked);
  });

  it('says why a link is refused and starts with its own experiment', async () => {
    const { client, state } = await startedPlayground('#experiment=nonsense');
    expect(state().problems.link?.message).toContain('is not JSON');
    expect(client.of('open')[0]?.experiment).toEqual(startingExperiment);
  });

  it('counts edits made while the run was being prepared', async () => {
    const { client, actions, state } = await startedPlayground();
    actions.openNew();
    actions.change({ learningRate: 0.5 });
    await settle();
    expect(client.of('change').map((request) => request.experiment.learningRate)).toEqual([0.5]);
    expect(state().run?.experiment.learningRate).toBe(0.5);
  });
});

it('a run that never began leaves the list when another is opened; one that diverged in its first step is kept', async () => {
  let opened = 0;
  const { client, actions, state } = await startedPlayground('', (client) =>
    client.answer('open', (request) => {
      if (request.kind !== 'open') throw new Error(request.kind);
      return ok(runOf(request.experiment, `run-${++opened}`));
    }),
  );
  const diverged = recordOf(startingExperiment, 'diverged');
  client.say({ kind: 'runs', records: [{ ...diverged, summary: { ...diverged.summary, state: 'diverged' } }] });
  actions.compareOnly(['diverged', 'run-1']);
  actions.openNew();
  await settle();
  expect(state().runs.map(({ id }) => id)).toEqual(['run-2', 'diverged']);
  expect(state().compared).toEqual(['diverged']);
});

it('figures are told of a run at rest, and follow one that trains or is evaluated in their turn', async () => {
  const { client, state } = await startedPlayground();
  const told = (['paused', 'running', 'evaluating', 'finished'] as const).map((status) => {
    client.say({ kind: 'progress', progress: progressAt(3, status) });
    return versionAtRest(state()) === state().historyVersion;
  });
  expect(told).toEqual([true, false, false, true]);
});

describe('edits', () => {
  it('go to the live run, of many in quick succession the first and the last', async () => {
    const { client, actions, state } = await startedPlayground();
    for (const learningRate of [0.1, 0.2, 0.3, 0.4]) actions.change({ learningRate });
    await settle();
    expect(client.of('change').map((request) => request.experiment.learningRate)).toEqual([0.1, 0.4]);
    expect(state().history.marks).toHaveLength(1);
  });

  it('that are impossible stay at their field; the run goes on', async () => {
    const { client, actions, state } = await startedPlayground();
    expect(actions.change({ batch: 0 })).toBe(false);
    expect(state().refusals.batch).toContain('batch = 0');
    expect(state().experiment.batch).toBe(startingExperiment.batch);
    expect(client.of('change')).toHaveLength(0);
    expect(actions.change({ batch: 64 })).toBe(true);
    expect(state().refusals).toEqual({});
  });

  it('that need a new run wait, while others go on', async () => {
    const { client, actions, state } = await startedPlayground();
    actions.change({ seed: 7 });
    actions.change({ momentum: 0.5 });
    await settle();
    expect(client.of('change').map(({ experiment }) => [experiment.seed, experiment.momentum])).toEqual([[1, 0.5]]);
    expect(waitingFields(state())).toEqual(['seed']);
    actions.openNew();
    await settle();
    expect(state().run?.experiment).toMatchObject({ seed: 7, momentum: 0.5 });
    expect(waitsForNewRun(state())).toBe(false);
  });

  it('that the worker refuses go back, with the reason at the field', async () => {
    const { client, actions, state } = await startedPlayground();
    client.answer('change', () => fail('There are 100 images.', 'batch'));
    actions.change({ batch: 512 });
    await settle();
    expect(state().experiment.batch).toBe(startingExperiment.batch);
    expect(state().refusals.batch).toBe('There are 100 images.');
  });

  it('by a preset of other data wait as a whole', async () => {
    const { client, actions, state } = await startedPlayground();
    actions.choosePreset('dgl/resnet32-all');
    await settle();
    expect(client.of('change')).toHaveLength(0);
    expect(waitingFields(state())).toContain('network');
    actions.discardWaiting();
    expect(state().experiment).toEqual(startingExperiment);
  });
});

describe('images', () => {
  const load = { title: 'CIFAR-10', name: 'cifar-10' };

  it('are opened with where the run has not begun', async () => {
    const { client, actions, state } = await startedPlayground();
    client.answer('loadData', () => ok({ ...dataInfo, ...load }));
    actions.loadFiles([]);
    await settle();
    expect(client.of('open').at(-1)?.experiment.data).toBe('cifar-10');
    expect(state().loadedData.map(({ title }) => title)).toEqual(['CIFAR-10']);
  });

  it('wait where it has', async () => {
    const { client, actions, state } = await startedPlayground();
    client.say({ kind: 'progress', progress: progressAt(5) });
    client.answer('loadData', () => ok({ ...dataInfo, ...load }));
    actions.loadFiles([]);
    await settle();
    expect(client.of('open')).toHaveLength(1);
    expect(waitingFields(state())).toEqual(['data']);
  });

  it('without labels are there to look at, and no run is opened with them', async () => {
    const { client, actions, state } = await startedPlayground();
    client.answer('loadData', () => ok({ ...dataInfo, ...load, name: 'stl-10', trainCount: 0, unlabelledCount: 5 }));
    actions.loadFiles([]);
    await settle();
    expect(client.of('open')).toHaveLength(1);
    expect(state()).toMatchObject({ experiment: { data: 'synthetic' }, loadedData: [{ unlabelledCount: 5 }] });
  });

  it('bring their resolution along, and one set of each name is kept', async () => {
    const { client, actions, state } = await startedPlayground();
    client.answer('loadData', () => ok({ ...dataInfo, ...load, name: 'stl-10', resolution: 96 }));
    for (const _ of [1, 2]) {
      actions.loadFiles([]);
      await settle();
    }
    expect(state().experiment).toMatchObject({ data: 'stl-10', resolution: 96 });
    expect(state().loadedData).toHaveLength(1);
  });

  it('whose reading was cancelled are not spoken of', async () => {
    const { client, actions, state } = await startedPlayground();
    client.answer('loadData', () => fail('Reading was cancelled.', 'cancelled'));
    actions.loadFiles([]);
    actions.cancelLoading();
    await settle();
    expect(client.of('cancelData')).toHaveLength(1);
    expect(state()).toMatchObject({ loadingData: false, problems: {} });
  });

  it('are looked at as the worker shows them', async () => {
    const { client, actions, state } = await startedPlayground();
    client.answer('viewData', () => ok({ checksum: 'abc' }));
    actions.lookAt('abc', { part: 'train', firstClass: 0, classes: 10, seed: 1 });
    await settle();
    expect(state().dataView?.checksum).toBe('abc');
  });

  it('of a hub are fetched only after their cost was said', async () => {
    const { client, actions, state } = await startedPlayground();
    const choice = {
      address: 'http://hub',
      repository: 'some/set',
      configuration: undefined,
      train: 10,
      test: 'all',
      seed: 1,
    } as const;
    client.answer('planHub', () => ok({ choice, bytes: 1000, images: undefined }));
    actions.planHub(choice);
    await settle();
    expect(state().hubOffer).toMatchObject({ bytes: 1000 });
    expect(client.of('loadData')).toEqual([]);
    client.answer('loadData', () => ok({ ...dataInfo, ...load }));
    actions.loadHub(choice);
    await settle();
    expect(client.of('loadData')[0]?.source).toEqual({ kind: 'hub', choice });
    expect(state().hubOffer).toBeUndefined();
  });

  it('kept on this device are listed, loaded and deleted', async () => {
    const { client, actions, state } = await startedPlayground();
    const kept = { sets: [{ id: 'a', title: 'CIFAR-10' }], problem: undefined };
    client.answer('listSets', () => ok(kept));
    client.answer('deleteSet', () => ok({ sets: [], problem: undefined }));
    client.answer('loadData', () => ok({ ...dataInfo, ...load }));
    actions.listStored();
    await settle();
    expect(state().storedSets).toEqual(kept);
    actions.loadStored('a');
    await settle();
    expect(client.of('loadData')[0]?.source).toEqual({ kind: 'stored', id: 'a' });
    actions.deleteStored('a');
    await settle();
    expect(state().storedSets.sets).toEqual([]);
  });

  it('that are refused are spoken of in their panel', async () => {
    const { client, actions, state } = await startedPlayground();
    client.answer('loadData', () => fail('photo.png is no file of CIFAR-10.', 'photo.png'));
    actions.loadFiles([]);
    await settle();
    expect(state().problems.data?.message).toContain('photo.png');
  });

  it('that are missing are spoken of there too', async () => {
    const { state } = await startedPlayground('', (client) =>
      client.answer('open', () => fail('CIFAR-10 is not loaded yet.', 'data')),
    );
    expect(state().problems.data?.message).toContain('not loaded');
    expect(waitsForNewRun(state())).toBe(true);
  });
});

describe('the run', () => {
  it('plays and pauses by its status', async () => {
    const { client, actions, state } = await startedPlayground();
    client.say({ kind: 'progress', progress: progressAt(0) });
    actions.playOrPause();
    client.say({ kind: 'progress', progress: progressAt(1, 'running') });
    expect(statusOf(state())).toBe('running');
    actions.playOrPause();
    expect(client.asked.slice(-2).map((request) => request.kind)).toEqual(['play', 'pause']);
  });

  it('is failed until it is reset, and then without history', async () => {
    const { client, actions, state } = await startedPlayground();
    client.answer('reset', () => ok(runOf(startingExperiment)));
    const before = state().history;
    client.say({ kind: 'failed', error: { message: 'The loss is not finite.', where: 'module 1' } });
    expect(statusOf(state())).toBe('failed');
    actions.reset();
    await settle();
    expect(state().problems.failure).toBeUndefined();
    expect(state().history).not.toBe(before);
  });

  it('is reopened after the worker stopped, with the images it had', async () => {
    const { client, actions, state } = await startedPlayground();
    client.answer('loadData', () => ok(dataInfo));
    actions.loadFiles([]);
    await settle();
    client.say({ kind: 'stopped', error: { message: 'The training worker stopped.' } });
    actions.reopen();
    await settle();
    const asked = client.asked.map(({ kind }) => kind).filter((kind) => kind !== 'listSets');
    expect(asked.slice(-2)).toEqual(['loadData', 'open']);
    expect(state().problems.failure).toBeUndefined();
  });

  it('is not thrown away for a choice in the list of executors', async () => {
    const { client, actions } = await startedPlayground();
    client.say({ kind: 'progress', progress: progressAt(5) });
    actions.chooseExecutor('interpreter');
    expect(client.of('open')).toHaveLength(1);
    actions.reopen();
    await settle();
    expect(client.of('open').at(-1)?.executor).toBe('interpreter');
  });
});

describe('a handle being dragged', () => {
  it('shows every place, but is one edit of the run and one to take back', async () => {
    const { client, actions, state } = await startedPlayground();
    const before = state().experiment;
    for (const cuts of ['k2', 'k1', 'k2'] as const) actions.tryOut({ cuts });
    expect(state().experiment.cuts).toBe('k2');
    await settle();
    expect(client.of('change')).toEqual([]);
    actions.endTry(true);
    await settle();
    expect(client.of('change')).toHaveLength(1);
    expect(state()).toMatchObject({ trying: undefined, experiment: { cuts: 'k2' } });
    actions.undo();
    expect(state().experiment).toEqual(before);
  });

  it('leaves nothing behind where it is given up', async () => {
    const { client, actions, state } = await startedPlayground();
    const before = state().experiment;
    actions.tryOut({ cuts: 'k1' });
    actions.endTry(false);
    await settle();
    expect(state().experiment).toEqual(before);
    expect(client.of('change')).toEqual([]);
    expect(state().edits.past).toEqual([]);
  });
});

describe('files', () => {
  const named = (name: string, text: string) => ({ path: name, file: new File([text], name) });

  it('of an experiment are shown and wait', async () => {
    const { actions, state } = await startedPlayground();
    actions.takeFiles([named('mine.json', JSON.stringify({ ...startingExperiment, batch: 8 }))]);
    await settle();
    expect(state()).toMatchObject({ held: true, experiment: { batch: 8 } });
    expect(waitingFields(state())).toEqual(['batch']);
  });

  it('that hold none are refused in words', async () => {
    const { actions, state } = await startedPlayground();
    actions.takeFiles([named('mine.json', '{')]);
    await settle();
    expect(state().problems.import?.message).toContain('mine.json');
  });

  it('of weights go to the worker with their experiment', async () => {
    const { client, actions, state } = await startedPlayground();
    const imported = { ...startingExperiment, batch: 4 };
    const notes = ['It was made elsewhere.'];
    client.answer('import', () =>
      ok({ ...runOf(imported), continues: true, withoutAuxiliary: false, step: 12, notes }),
    );
    client.answer('readHistory', () => ok(new History().data()));
    actions.takeFiles([named('w.safetensors', ''), named('e.json', '{}')]);
    await settle();
    expect(client.of('import')[0]?.experiment?.name).toBe('e.json');
    expect(state().run?.experiment.batch).toBe(4);
    expect(state().notice).toContain('step 12');
    expect(state().notice).toContain('made elsewhere');
  });
});
