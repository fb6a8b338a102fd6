import { expect, it } from 'vitest';
import { exportedRuns, partRunFiles, pytorchFiles, sortFiles } from './given-files.ts';

const given = (...paths: string[]) => paths.map((path) => ({ path }));

it('tells weights, experiments and data apart by name', () => {
  const files = given('a.bin', 'weights.safetensors', 'Experiment.JSON', 'cifar-10-binary.tar.gz');
  expect(sortFiles(files)).toEqual({
    weights: { path: 'weights.safetensors' },
    experiment: { path: 'Experiment.JSON' },
    data: given('a.bin', 'cifar-10-binary.tar.gz'),
  });
  expect(sortFiles(given('experiment.json')).experiment).toEqual({ path: 'experiment.json' });
});

it('takes no JSON for an experiment that lies in a folder or beside images', () => {
  expect(sortFiles(given('cifar-10/test_batch.bin', 'cifar-10/records.json'))).toMatchObject({
    experiment: undefined,
    data: given('cifar-10/test_batch.bin', 'cifar-10/records.json'),
  });
  expect(sortFiles(given('test_batch.bin', 'records.json'))).toMatchObject({ experiment: undefined });
  expect(sortFiles(given('folder/a.json'))).toMatchObject({ experiment: undefined, data: given('folder/a.json') });
});

it('takes a run that was exported whole for one, and any other zip for data', () => {
  for (const name of ['mine.hpff.zip', 'run.hpff (1).zip', 'old.pth'])
    expect(sortFiles(given(name, 'images.zip'))).toMatchObject({ weights: { path: name }, data: given('images.zip') });
});

it('takes a .bin of torch.save for weights, and those of data sets for data', async () => {
  const zip = Uint8Array.of(0x50, 0x4b, 3, 4);
  const files = [
    { path: 'pytorch_model.bin', file: new File([zip], 'pytorch_model.bin') },
    { path: 'data_batch_1.bin', file: new File([Uint8Array.of(3, 1, 2)], 'data_batch_1.bin') },
  ];
  const sorted = sortFiles(files, await pytorchFiles(files));
  expect(sorted.weights?.path).toBe('pytorch_model.bin');
  expect(sorted.data.map(({ path }) => path)).toEqual(['data_batch_1.bin']);
});

it('puts whole runs side by side where there are several, or where runs are compared', () => {
  const given = (...paths: readonly string[]) => paths.map((path) => ({ path }));
  const runs = (comparing: boolean, ...paths: readonly string[]) =>
    partRunFiles(given(...paths), comparing).runs.map(({ path }) => path);
  expect(runs(false, 'a.hpff.zip', 'b.hpff (1).zip', 'c.json')).toEqual(['a.hpff.zip', 'b.hpff (1).zip']);
  expect(runs(false, 'a.hpff.zip', 'c.json', 'data.zip')).toEqual([]);
  expect(runs(false, 'ada.results.json', 'ben.results (1).json', 'c.json')).toEqual([
    'ada.results.json',
    'ben.results (1).json',
  ]);
  expect(runs(true, 'a.hpff.zip', 'c.run.json', 'w.safetensors')).toEqual(['a.hpff.zip', 'c.run.json']);
});

it('tells runs exported as JSON by what they hold: several stand side by side, one record is asked about', async () => {
  const json = (path: string, text: string) => ({ path, file: new File([text], path) });
  const record = json('ada.json', '{\n  "format": "hpff-run",');
  const other = json('ben.run.json', '{"format":"hpff-run"}');
  const measurements = json('cleo.json', '{"format":"hpff-metrics"}');
  const experiment = json('experiment.json', '{"network":"resnet8"}');
  const files = [record, other, measurements, experiment];
  const exported = await exportedRuns([...files, json('images/run.json', '{"format":"hpff-run"}')]);
  expect([...exported]).toEqual([
    [record, 'record'],
    [other, 'record'],
    [measurements, 'measurements'],
  ]);
  expect(partRunFiles(files, false, exported).runs).toEqual([record, other, measurements]);
  expect(partRunFiles([record, experiment], false, exported).runs).toEqual([]);
  expect(partRunFiles([measurements], false, exported).runs).toEqual([measurements]);
});
