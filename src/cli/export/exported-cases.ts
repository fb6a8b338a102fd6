import type { Experiment } from '../../experiment/experiment.ts';
import { tinyExperiment } from './tiny-run.ts';

/** Networks that between them have every operation and every early exit of an exported model. */
export const exportedCases: readonly (readonly [name: string, experiment: Experiment])[] = [
  ['bp', tinyExperiment('bp/resnet14')],
  [
    'HiLo with a cut after the stem',
    tinyExperiment('hpff-released/resnet8', {
      cuts: [
        [0, 0],
        [1, 0],
        [2, 0],
        [3, 0],
      ],
    }),
  ],
  ['patches in the paper form', tinyExperiment('hpff-paper/resnet8-k3', { patches: 3, patchesAtOnce: 3, aux: '2c2f' })],
  ['linear heads on patches', tinyExperiment('hpff-paper/resnet8-k3', { aux: '0c1f', probes: false })],
  ['contrast, whose heads give no logits', tinyExperiment('infopro-contrast/resnet8-k3')],
];
