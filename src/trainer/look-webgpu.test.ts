import { expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { createSynthetic } from '../datasets/synthetic.ts';
import { presetExperiment } from '../experiment/presets.ts';
import type { Executor } from '../runtime/executor.ts';
import { openDevice } from '../runtime/gpu/device.ts';
import { createWebgpuExecutor } from '../runtime/webgpu/executor.ts';
import { describeOnWebgpu } from '../runtime/webgpu/kernels/test-support.ts';
import { lookAtImages } from './look.ts';
import { predictTest } from './predictions.ts';
import { Training } from './training.ts';

describeOnWebgpu('a look inside on the WebGPU executor', () => {
  it.each(['quick'])(
    'changes no number of %s and leaves no byte behind',
    async (name) => {
      // One device: what one run has compiled, which takes a software adapter long, the other need not compile again.
      const { device, info, close } = expectOk(await openDevice({}));
      const executors: Executor[] = [];
      const losses = async (looking: boolean) => {
        const executor = expectOk(await createWebgpuExecutor({ device, adapterInfo: info }));
        executors.push(executor);
        const experiment = {
          ...expectOk(presetExperiment(name)),
          widths: [4, 4, 8, 8] as const,
          auxDim: 8,
          decoderHidden: 4,
          batch: 4,
          data: 'synthetic' as const,
          trainSize: 40,
          testSize: 10,
        };
        const training = expectOk(
          await Training.open(experiment, createSynthetic(1, { train: 60, test: 20 }), executor),
        );
        const seen: number[] = [];
        for (let step = 0; step < 2; step++) {
          if (looking) {
            const held = executor.bytes().held;
            const look = expectOk(await lookAtImages(training, executor, { kind: 'test', images: [0, 1] }, '1.0'));
            expect(look.exits.every(({ probabilities }) => probabilities.every(Number.isFinite))).toBe(true);
            expect(new Set(look.reconstructions[0]?.images).size).toBeGreaterThan(2);
            expectOk(await predictTest(training, 6));
            expect(executor.bytes().held).toBe(held);
          }
          seen.push(expectOk(await training.step()).final.loss);
        }
        training.dispose();
        return seen;
      };
      expect(await losses(true)).toEqual(await losses(false));
      for (const executor of executors) executor.dispose();
      close();
    },
    240_000,
  );
});
