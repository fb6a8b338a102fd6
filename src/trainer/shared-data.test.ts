import { describe, expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { nodeDecoder } from '../datasets/node-decoder.ts';
import { readSet } from '../datasets/read-set.ts';
import { sharedFiles, sharedFolder, sharedPresent, sharedSets } from '../datasets/shared-data.fakes.ts';
import type { DataName, Resolution } from '../experiment/data-sets.ts';
import { presetExperiment } from '../experiment/presets.ts';
import { wasmExecutor } from '../runtime/agreement/agreement.ts';
import { Training } from './training.ts';

if (!sharedPresent) console.log(`Not tested: training on real images, for there is no ${sharedFolder}`);

// A busy machine takes its time over reading and steps.
describe.runIf(sharedPresent)('training on real images', { timeout: 180_000 }, () => {
  for (const { set, files, size, classes } of sharedSets) {
    const resolution = Math.min(size, 96) as Resolution;
    test(`${set} at ${resolution} pixels: HPFF steps and an evaluation`, async () => {
      const dataset = expectOk(await readSet(await sharedFiles(files), { decoder: nodeDecoder, resolution }));
      const experiment = {
        ...expectOk(presetExperiment('quick')),
        data: set as DataName,
        resolution,
        batch: 8,
        trainSize: 40,
        testSize: 10,
        validation: 0,
      } as const;
      const executor = await wasmExecutor();
      const training = expectOk(await Training.open(experiment, dataset, executor));
      for (let step = 0; step < 2; step++) {
        const { final } = expectOk(await training.step());
        expect(Math.abs(final.loss - Math.log(classes))).toBeLessThan(2);
      }
      const tested = expectOk(await training.evaluate('test'));
      expect(tested?.final.loss).toBeGreaterThan(0);
      training.dispose();
      executor.dispose();
    });
  }
});
