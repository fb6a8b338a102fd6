import type { Experiment } from '../../src/experiment/experiment.ts';
import { resolveCuts } from '../../src/network/cuts.ts';
import { blockKey } from '../../src/network/network-shape.ts';
import { gradientRow } from '../../src/runs/gradient-measurement.ts';
import { History } from '../../src/runs/history.ts';
import { historyJson } from '../../src/runs/history-json.ts';
import { recordOf } from '../../src/store/compare/test-support.ts';
import { small } from '../experiments.ts';

/** Steps of a made-up run, ten an epoch. */
const steps = 100;

/** Measurements of a run that nobody trained, as the page exports them: the same at every call. */
function madeUpRun(name: string, change: Partial<Experiment>, end: number) {
  const record = recordOf('1', change, { scores: { lastTest: end, bestTest: end }, summary: { step: steps } });
  const blocks = resolveCuts(record.experiment).map(blockKey);
  const history = new History();
  for (let step = 1; step <= steps; step++) {
    const rising = end * (1 - Math.exp(-step / 25));
    // Batches jump about, evenly spread and always alike.
    const jump = 0.06 * Math.sin(step * step * 1.7);
    const score = (accuracy: number) => ({ loss: 2.3 * (1 - accuracy) + 0.1, accuracy });
    const measured = (jumping: number) => ({
      step,
      epoch: step / 10,
      seconds: step / (8 + 4 * end),
      learningRate: record.experiment.learningRate * (0.5 + 0.5 * Math.cos((Math.PI * step) / steps)),
      imagesPerSecond: 400 * end + 40 * jumping,
      final: score(rising + jumping),
      modules: blocks.map((block, index) => {
        const own = score(rising * ((index + 2) / (blocks.length + 1)) + jumping);
        const local = record.experiment.method === 'bp' ? undefined : own;
        return {
          block,
          independent: local,
          cascade: record.experiment.hilo ? local : undefined,
          reconstruction: undefined,
          probe: own,
        };
      }),
    });
    history.add([{ phase: 'train', ...measured(jump) }]);
    if (step % 10 === 0) history.add([{ phase: 'test', ...measured(0) }]);
    if (step % 25 === 0)
      history.gradients.append(
        gradientRow({
          step,
          epoch: step / 10,
          seconds: step / (8 + 4 * end),
          images: 128,
          modules: blocks.map((block, index) => ({
            block,
            norm: (1 + index) / (1 + step / 50),
            bpNorm: 0.8 / (1 + step / 50),
            cosine: (1 - index / blocks.length) * end,
          })),
        }),
      );
  }
  return {
    name: `${name}.metrics.json`,
    mimeType: 'application/json',
    buffer: Buffer.from(historyJson(record, history)),
  };
}

/** Files of HPFF, of back-propagation, and of HPFF without HiLo. */
export function comparedRuns() {
  const base = { ...small, network: 'resnet20', cuts: 'k3' } as const;
  const alone = { hilo: false, window: 1, bn: 'once' } as const;
  return [
    madeUpRun('HPFF', base, 0.72),
    madeUpRun('BP', { ...base, ...alone, method: 'bp', cuts: 'k1', pff: 'none' }, 0.8),
    madeUpRun('HPFF without HiLo', { ...base, ...alone }, 0.62),
  ];
}
