import type { Experiment } from '../../src/experiment/experiment.ts';
import { configurationOf } from '../../src/methods/configuration.ts';
import { preview } from '../../src/methods/preview.ts';
import { resolveCuts } from '../../src/network/cuts.ts';
import { blockKey } from '../../src/network/network-shape.ts';
import { gradientRow } from '../../src/runs/gradient-measurement.ts';
import { History } from '../../src/runs/history.ts';
import { historyJson } from '../../src/runs/history-json.ts';
import { resultsJson } from '../../src/runs/results-json.ts';
import type { RunRecord } from '../../src/runs/run-record.ts';
import { recordOf } from '../../src/store/compare/test-support.ts';
import { small } from '../experiments.ts';

const base = { ...small, network: 'resnet20', cuts: 'k3' } as const;
const alone = { hilo: false, window: 1, bn: 'once' } as const;

/** Steps of a made-up run, ten an epoch. */
const steps = 100;

/** Measurements of a run that nobody trained, as the page exports them: the same at every call. */
function madeUpRun(name: string, change: Partial<Experiment>, end: number) {
  const record = plannedRecord(change, end);
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

/** Record of a finished run that came to some accuracy; memory and arithmetic are those of its plan. */
function plannedRecord(change: Partial<Experiment>, accuracy: number, group?: string): RunRecord {
  const { experiment } = recordOf('1', change);
  const { peakBytes, multiplyAdds } = preview(configurationOf(experiment), experiment);
  return recordOf('1', change, {
    group,
    scores: { lastTest: accuracy, bestTest: accuracy, bestTestEpoch: 10, finalLoss: 2.3 * (1 - accuracy) + 0.1 },
    summary: { step: steps, totalSteps: steps, peakBytes, plannedBytes: peakBytes, multiplyAdds },
  });
}

/** Files of HPFF, of back-propagation, and of HPFF without HiLo. */
export function comparedRuns() {
  return [
    madeUpRun('HPFF', base, 0.72),
    madeUpRun('BP', { ...base, ...alone, method: 'bp', cuts: 'k1', pff: 'none' }, 0.8),
    madeUpRun('HPFF without HiLo', { ...base, ...alone }, 0.62),
  ];
}

/** Files of the runs of a class: four modules each, seeds and ends of their own. */
export const classRuns = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    madeUpRun(pupil(index + 1), { ...base, cuts: 'k4', seed: index + 1 }, 0.4 + (0.5 * index) / count),
  );

/** Name of the run of the n-th of a class. */
export const pupil = (number: number): string => `pupil ${String(number).padStart(2, '0')}`;

/** Files of the runs of a sweep: HPFF and DGL over K, two seeds of each, and back-propagation. */
export function sweptRuns() {
  const runs: { name: string; change: Partial<Experiment>; end: number }[] = [
    { name: 'BP', change: { ...alone, method: 'bp', cuts: 'k1', pff: 'none' }, end: 0.8 },
    ...(['k2', 'k4', 'all'] as const).flatMap((cuts, index) => [
      { name: `HPFF ${cuts}`, change: { cuts }, end: 0.76 - 0.05 * index },
      {
        name: `DGL ${cuts}`,
        change: { ...alone, method: 'dgl' as const, cuts, pff: 'none' as const },
        end: 0.72 - 0.08 * index,
      },
    ]),
  ];
  return runs.flatMap(({ name, change, end }) =>
    [1, 2].map((seed) => {
      const record = plannedRecord({ ...base, ...change, seed }, end + 0.02 * seed, 'Over K');
      return {
        name: `${name}, seed ${seed}.run.json`,
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(record)),
      };
    }),
  );
}

/** Files of a class: so many pupils, a run of so many steps each; the first hands in the results of a lesson with three runs. */
export function classFiles(pupils: number, count: number) {
  const runOf = (pupil: number, index: number) => {
    const method = [
      {},
      { ...alone, method: 'dgl', pff: 'none' },
      { ...alone, method: 'bp', cuts: 'k1', pff: 'none' },
    ] as const;
    const record = {
      ...plannedRecord({ ...base, ...method[(pupil + index) % 3], seed: pupil }, 0.5 + pupil / 100),
      id: `p${pupil}-${index}`,
    };
    const blocks = resolveCuts(record.experiment).map(blockKey);
    const history = new History();
    for (let step = 1; step <= count; step++) {
      const score = {
        loss: 2.3 - step / count + 0.05 * Math.sin(step * step + pupil),
        accuracy: (step / count) * (0.5 + pupil / 100),
      };
      const modules = blocks.map((block) => ({
        block,
        independent: undefined,
        cascade: undefined,
        reconstruction: undefined,
        probe: score,
      }));
      const at = { step, epoch: step / 10, seconds: step / 10, learningRate: 0.1, imagesPerSecond: 300 + pupil };
      history.add([{ phase: 'train', ...at, final: score, modules }]);
      if (step % 50 === 0) history.add([{ phase: 'test', ...at, final: score, modules }]);
    }
    return { record, history };
  };
  return Array.from({ length: pupils }, (_, index) => {
    const pupil = index + 1;
    const name = `pupil ${String(pupil).padStart(2, '0')}`;
    const whole = runOf(pupil, 0);
    const text =
      pupil === 1
        ? resultsJson([0, 1, 2].map((run) => runOf(1, run)))
        : [...historyJson(whole.record, whole.history)].join('');
    return {
      name: `${name}.${pupil === 1 ? 'results' : 'metrics'}.json`,
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    };
  });
}

/** Measurements of a run of so many steps whose loss falls slowly, but for one step, as JSON. */
export function longRun(count: number, spike: { readonly at: number; readonly loss: number }): string {
  const column = (value: (step: number) => number) => Array.from({ length: count }, (_, index) => value(index + 1));
  const train = {
    step: column((step) => step),
    epoch: column((step) => step / 1000),
    seconds: column((step) => step / 100),
    'final.loss': column((step) => (step === spike.at ? spike.loss : 2 - step / count)),
    'final.accuracy': column((step) => step / count),
  };
  const record = { ...plannedRecord(base, 0.7), name: 'long' };
  return JSON.stringify({ format: 'hpff-metrics', version: 2, record, train, validation: {}, test: {} });
}
