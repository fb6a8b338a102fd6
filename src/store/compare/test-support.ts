import type { Experiment } from '../../experiment/experiment.ts';
import { startingExperiment } from '../../experiment/presets.ts';
import type { RunRecord, RunScores, RunSummary } from '../../runs/run-record.ts';

const noScores: RunScores = {
  lastTest: undefined,
  bestTest: undefined,
  bestTestEpoch: undefined,
  testAtBestValidation: undefined,
  bestValidation: undefined,
  finalLoss: undefined,
};

/** A finished run of the starting experiment with changes, for tests. */
export function recordOf(
  id: string,
  change: Partial<Experiment> = {},
  more: Partial<Omit<RunRecord, 'summary' | 'experiment'>> & {
    readonly summary?: Partial<Omit<RunSummary, 'scores'>>;
    readonly scores?: Partial<RunScores>;
  } = {},
): RunRecord {
  const { summary, scores, ...rest } = more;
  return {
    format: 'hpff-run',
    version: 1,
    id,
    name: undefined,
    group: undefined,
    created: `2026-01-01T00:00:${id.replace(/\D/g, '').padStart(2, '0')}.000Z`,
    experiment: { ...startingExperiment, ...change },
    changes: [],
    provenance: { appVersion: '1', commit: 'c', executor: 'interpreter', device: '', kernels: '', dataChecksum: '' },
    handovers: [],
    ...rest,
    summary: {
      state: 'finished',
      step: 50,
      totalSteps: 50,
      stepsPerEpoch: 10,
      seconds: 5,
      imagesPerSecond: 320,
      peakBytes: 2_000_000,
      plannedBytes: 1_000_000,
      multiplyAdds: 3_200,
      ...summary,
      scores: { ...noScores, ...scores },
    },
  };
}
