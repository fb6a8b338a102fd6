import { startingExperiment } from '../../experiment/presets.ts';
import { gradientRow } from '../../runs/gradient-measurement.ts';
import { History } from '../../runs/history.ts';
import type { RunRecord } from '../../runs/run-record.ts';
import type { TensorFile } from '../safetensors.ts';
import type { WholeRun } from './run-zip.ts';

/** A made-up run of three steps with a change and its gradients measured once, whose weights are two tensors. */
export function fakeRun(): WholeRun {
  const record: RunRecord = {
    format: 'hpff-run',
    version: 1,
    id: 'a1',
    name: 'mine',
    group: undefined,
    created: '2026-01-02T03:04:05.000Z',
    experiment: startingExperiment,
    changes: [{ step: 2, change: { learningRate: 0.5 } }],
    provenance: { appVersion: '1', commit: 'c', executor: 'webgpu', device: 'd', kernels: 'k', dataChecksum: 'e' },
    handovers: [],
    summary: {
      state: 'unfinished',
      step: 3,
      totalSteps: 20,
      stepsPerEpoch: 10,
      seconds: 1.5,
      imagesPerSecond: undefined,
      peakBytes: 10,
      plannedBytes: 8,
      multiplyAdds: 7,
      scores: {
        lastTest: 0.5,
        bestTest: 0.6,
        bestTestEpoch: 1,
        testAtBestValidation: undefined,
        bestValidation: undefined,
        finalLoss: 2,
      },
    },
  };
  const history = new History();
  for (let step = 1; step <= 3; step++) {
    const score = { loss: 1 / step, accuracy: step / 10 };
    const module = { block: '1.0', independent: score, cascade: undefined, reconstruction: 0.1, probe: score };
    const common = { step, epoch: step / 10, seconds: step / 3, learningRate: 0.1, imagesPerSecond: 100 };
    history.add([{ ...common, phase: 'train', modules: step === 2 ? [] : [module], final: score }]);
    if (step === 3) history.add([{ ...common, phase: 'test', modules: [module], final: score }]);
  }
  history.gradients.append(
    gradientRow({
      step: 3,
      epoch: 0.3,
      seconds: 1,
      images: 8,
      modules: [{ block: '1.0', norm: 0.5, bpNorm: 0.25, cosine: -0.75 }],
    }),
  );
  const weights: TensorFile = {
    tensors: new Map([
      ['fc.bias', { shape: [2], data: Float32Array.of(1, -2.5) }],
      ['optimiser.fc.bias', { shape: [2], data: Float32Array.of(0, 3) }],
    ]),
    metadata: { step: '3' },
  };
  return { record, history, weights };
}
