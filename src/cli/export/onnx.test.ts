import * as ort from 'onnxruntime-web';
import { describe, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { onnxModel } from '../../formats/onnx/onnx-model.ts';
import { exportedCases } from './exported-cases.ts';
import { furthest, normalised, planar, tinyExperiment, tinyRun } from './tiny-run.ts';

ort.env.wasm.numThreads = 1;

async function answers(model: Uint8Array, images: Uint8Array, count: number) {
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
  const pixels = planar(normalised(images), 32).slice(0, count * 3 * 32 * 32);
  const outputs = await session.run({ input: new ort.Tensor('float32', pixels, [count, 3, 32, 32]) });
  return { names: session.outputNames, outputs };
}

describe('the ONNX model, read by onnxruntime', () => {
  test.each(exportedCases)('%s: every output is what the executor computes', async (_, experiment) => {
    const run = await tinyRun(experiment, 4);
    const exits = await run.exits();
    const model = expectOk(onnxModel(experiment, run.file, { earlyExits: true }));
    const { names, outputs } = await answers(model, run.images, experiment.batch);
    const wanted = [...exits.keys()].filter((name) => name === 'logits' || name.startsWith('module_'));
    expect([...names].sort()).toEqual(wanted.sort());
    for (const name of wanted) {
      expect(furthest(outputs[name]?.data as Float32Array, exits.get(name) as Float64Array), name).toBeLessThan(1e-4);
    }
  });

  test('takes any batch, and without early exits answers logits alone', async () => {
    const run = await tinyRun(tinyExperiment('hpff-paper/resnet8-k3'), 2);
    const exits = await run.exits();
    const model = expectOk(onnxModel(run.experiment, run.file, { earlyExits: false }));
    const { names, outputs } = await answers(model, run.images, 3);
    expect(names).toEqual(['logits']);
    expect(
      furthest(outputs.logits?.data as Float32Array, (exits.get('logits') as Float64Array).slice(0, 30)),
    ).toBeLessThan(1e-4);
  });

  test('names every tensor that is missing or has another shape', async () => {
    const run = await tinyRun(tinyExperiment('bp/resnet8'), 0);
    const tensors = new Map(run.file.tensors);
    tensors.delete('conv1.weight');
    tensors.set('bn1.bias', { shape: [3], data: new Float32Array(3) });
    const refused = onnxModel(run.experiment, { ...run.file, tensors }, { earlyExits: true });
    expect(refused).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/conv1\.weight is missing; bn1\.bias is \[3\], not \[4\]/) },
    });
  });
});
