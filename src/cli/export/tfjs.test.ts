import '@tensorflow/tfjs-backend-cpu';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { setBackend, type Tensor, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { tfjsModel } from '../../formats/tfjs/graph-model.ts';
import { exportedCases } from './exported-cases.ts';
import { furthest, normalised, tinyExperiment, tinyRun } from './tiny-run.ts';

beforeAll(() => setBackend('cpu'));

/** Loads the files as tfjs loads them from a server. */
function load(files: ReadonlyMap<string, Uint8Array>) {
  const fetchFunc = async (address: string | URL | Request) => {
    const name = new URL(String(address)).pathname.slice(1);
    const type = name.endsWith('.json') ? 'application/json' : 'application/octet-stream';
    return new Response(new Uint8Array(files.get(name) ?? []), { headers: { 'content-type': type } });
  };
  return loadGraphModel('http://localhost/model.json', { fetchFunc });
}

describe('the GraphModel, read by tfjs', () => {
  test.each(exportedCases)('%s: every output is what the executor computes', async (_, experiment) => {
    const run = await tinyRun(experiment, 4);
    const exits = await run.exits();
    const model = await load(expectOk(tfjsModel(experiment, run.file, { earlyExits: true })));
    const wanted = [...exits.keys()].filter((name) => name === 'logits' || name.startsWith('module_'));
    expect(model.outputs.map(({ name }) => name.replace(/:0$/, '')).sort()).toEqual(wanted.sort());
    const input = tensor4d(normalised(run.images), [experiment.batch, 32, 32, 3]);
    const answers = model.execute({ input }, wanted) as Tensor[];
    for (const [index, name] of wanted.entries()) {
      const logits = await (answers[index] as Tensor).data();
      expect(furthest(logits, exits.get(name) as Float64Array), name).toBeLessThan(1e-4);
    }
  });

  test('predicts logits alone for any batch without early exits', async () => {
    const run = await tinyRun(tinyExperiment('dgl/resnet8-k3'), 2);
    const model = await load(expectOk(tfjsModel(run.experiment, run.file, { earlyExits: false })));
    const pixels = normalised(run.images).slice(0, 2 * 32 * 32 * 3);
    const logits = (await model.predict(tensor4d(pixels, [2, 32, 32, 3]))) as Tensor;
    expect(logits.shape).toEqual([2, 10]);
    const wanted = ((await run.exits()).get('logits') as Float64Array).slice(0, 20);
    expect(furthest(await logits.data(), wanted)).toBeLessThan(1e-4);
  });
});
