import { expect, it } from 'vitest';
import { ok } from '../base/result.ts';
import { startingExperiment } from '../experiment/presets.ts';
import { recordOf, startedPlayground } from './test-support.ts';

const nothing = { rows: 0, columns: [] };
const history = { train: nothing, validation: nothing, test: nothing, gradients: nothing };
const run = (file: string, index: number, id: string, name?: string, change = {}) => ({
  file,
  index,
  history,
  record: { ...recordOf({ ...startingExperiment, ...change }, id), name },
});

async function opened(problems: readonly string[] = []) {
  const started = await startedPlayground('', (client) =>
    client.answer('readRunFiles', () =>
      ok({
        runs: [
          run('ada', 0, 'x', 'mine'),
          run('ada', 0, 'y', undefined, { method: 'bp' }),
          run('run', 1, 'x'),
          run('run', 2, 'x'),
        ],
        problems,
      }),
    ),
  );
  const names = ['ada.json', 'run.json', 'run.json', 'no.json', 'none.json'];
  await started.actions.openRunFiles(names.map((name) => new File([], name)));
  return started;
}

it('says of every run whose file it came in, numbers files of one name, and names runs by what differs in theirs', async () => {
  const { state, actions } = await opened();
  expect(state().fileRuns.map(({ file, id, record }) => [file, id, record.name])).toEqual([
    ['ada', 'x', 'ada: mine'],
    ['ada', 'y', 'ada: BP'],
    ['run', 'x', 'run'],
    ['run (2)', 'x', 'run (2)'],
  ]);
  expect(new Set(state().fileRuns.map(({ record }) => record.id)).size).toBe(4);
  expect(state().compared).toHaveLength(4);
  actions.closeFile('ada');
  expect(state().fileRuns.map(({ file }) => file)).toEqual(['run', 'run (2)']);
  expect(state().compared).toHaveLength(2);
  await actions.openRunFiles([]);
  expect(
    state()
      .fileRuns.map(({ file }) => file)
      .slice(2),
  ).toEqual(['ada', 'ada', 'run (3)', 'run (4)']);
});

it('takes all runs off the charts at once, or puts just some on them', async () => {
  const { state, actions, playground } = await opened();
  const told: number[] = [];
  playground.subscribe(({ compared }) => told.push(compared.length));
  actions.compareOnly([]);
  actions.compareOnly(state().fileRuns.map(({ record }) => record.id));
  expect(told).toEqual([0, 4]);
});

it('names the files that cannot be read, and loads the others', async () => {
  expect((await opened(['no.json is none.'])).state().problems.runs?.message).toBe(
    'no.json is none. The other 4 files are shown.',
  );
  const { problems } = (await opened(['no.json is none.', 'none.json is none.'])).state();
  expect(problems.runs?.message).toBe('2 of 5 files cannot be read. The other 3 files are shown.');
  expect(problems.runs?.details?.[0]?.items).toEqual(['no.json is none.', 'none.json is none.']);
});
