import type { History } from './history.ts';
import type { RunScores } from './run-record.ts';

/** What the measurements of a run come to. */
export function scoresOf({ train, validation, test }: History): RunScores {
  const accuracies = test.read('final.accuracy');
  const best = largest(accuracies);
  const validated = validation.read('final.accuracy');
  const bestValidation = largest(validated);
  const stepValidated = validation.read('step')?.[bestValidation];
  const tested = test.read('step')?.indexOf(stepValidated ?? Number.NaN) ?? -1;
  const finalLoss = train.last('final.loss');
  return {
    lastTest: test.last('final.accuracy'),
    bestTest: accuracies?.[best],
    bestTestEpoch: test.read('epoch')?.[best],
    testAtBestValidation: accuracies?.[tested],
    bestValidation: validated?.[bestValidation],
    finalLoss: Number.isFinite(finalLoss) ? finalLoss : undefined,
  };
}

/** Where the largest number is, the first of equal ones; -1 where there is none. */
const largest = (numbers: Float64Array | undefined): number =>
  numbers?.reduce((best, value, row) => (value > (numbers[best] ?? Number.NEGATIVE_INFINITY) ? row : best), -1) ?? -1;

/** Median images per second of the last training steps. */
export function recentPace({ train }: History): number | undefined {
  const last = train.read('imagesPerSecond')?.slice(-21).filter(Number.isFinite).sort();
  return last?.[Math.floor(last.length / 2)];
}
