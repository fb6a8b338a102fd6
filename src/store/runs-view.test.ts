import { expect, it } from 'vitest';
import { startedPlayground } from './test-support.ts';

it('keeps how the screen of runs is set, one part at a time', async () => {
  const { actions, state } = await startedPlayground();
  actions.viewRuns({ order: { by: 'lastTest', descending: false } });
  actions.viewRuns({ grouping: 'cuts', sweep: { methods: ['bp'], cuts: ['k2'], seeds: 3 } });
  actions.showView('train');
  expect(state().runsView).toEqual({
    order: { by: 'lastTest', descending: false },
    grouping: 'cuts',
    results: undefined,
    sweep: { methods: ['bp'], cuts: ['k2'], seeds: 3 },
  });
});

it('searches the largest batch of method after method, and keeps what was found; a search can be given up', async () => {
  const { actions, state } = await startedPlayground('', undefined, undefined, async ({ experiment }) => ({
    peakBytes: experiment.batch * 1e6,
  }));
  actions.setBatchBudget(64);
  await actions.searchLargestBatch(['own', 'dgl']);
  const { of, found, searching } = state().batchSearch;
  expect(of).toEqual({ experiment: state().experiment, megabytes: 64 });
  expect(searching).toBeUndefined();
  expect([...found]).toEqual(
    ['own', 'dgl'].map((method) => [method, expect.objectContaining({ kind: 'found', batch: 64 })]),
  );
  const again = actions.searchLargestBatch(['own', 'dgl']);
  expect(state().batchSearch.searching).toBe('own');
  actions.cancelBatchSearch();
  await again;
  expect(state().batchSearch).toMatchObject({ searching: undefined, found: new Map() });
});
