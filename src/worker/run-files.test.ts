import { expect, it } from 'vitest';
import { fakeRun } from '../formats/run-zip/run.fakes.ts';
import { writeRunZip } from '../formats/run-zip/run-zip.ts';
import { phases } from '../runs/history.ts';
import { historyJson } from '../runs/history-json.ts';
import { resultsJson } from '../runs/results-json.ts';
import { readRunFiles } from './run-files.ts';

const run = fakeRun();

it('reads zips, records and measurements of runs, and says which files are none', async () => {
  const read = await readRunFiles([
    new File([writeRunZip(run)], 'ada.run.hpff.zip'),
    new File([historyJson(run.record, run.history)], 'ben.metrics.json'),
    new File([JSON.stringify(run.record)], 'cleo.run.json'),
    new File(['hello'], 'dora.json'),
    new File(['hello'], 'eve.hpff.zip'),
  ]);
  if (!read.ok) throw new Error(read.error.message);
  expect(read.value.runs.map(({ file, index }) => [file, index])).toEqual([
    ['ada', 0],
    ['ben', 1],
    ['cleo', 2],
  ]);
  const [zip, metrics, record] = read.value.runs;
  const columns = (read: typeof zip) => phases.map((phase) => new Map(read?.history[phase].columns));
  expect(columns(metrics)).toEqual(columns(zip));
  expect(zip?.history.train.rows).toBe(3);
  expect(metrics?.record).toEqual(run.record);
  expect(record?.history.train.rows).toBe(0);
  expect(read.value.problems).toHaveLength(2);
  expect(read.value.problems[0]).toContain('dora.json');
  expect(read.value.problems[1]).toContain('eve.hpff.zip');
});

it('reads the runs of a lesson from one file, and refuses the whole where one of them is damaged', async () => {
  const text = resultsJson([run, run]);
  const read = await readRunFiles([new File([text], 'ada.results (2).json')]);
  if (!read.ok) throw new Error(read.error.message);
  expect(read.value.runs.map(({ file, history }) => [file, history.train.rows])).toEqual([
    ['ada', 3],
    ['ada', 3],
  ]);
  const damaged = await readRunFiles([new File([text.replace('"format":"hpff-metrics"', '"format":"?"')], 'ben.json')]);
  expect(damaged.ok && damaged.value).toMatchObject({
    runs: [],
    problems: [expect.stringContaining('ben.json, run 1')],
  });
});

it('refuses measurements whose columns are not as long as each other, or are none', async () => {
  const good = JSON.parse(historyJson(run.record, run.history));
  for (const train of [
    { ...good.train, step: [1] },
    { ...good.train, colour: good.train.step },
  ]) {
    const read = await readRunFiles([new File([JSON.stringify({ ...good, train })], 'a.json')]);
    expect(read.ok && read.value.problems[0]).toMatch(/a\.json: "(epoch|colour|seconds|[^"]+)" is no column/);
  }
});
