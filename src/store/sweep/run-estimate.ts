import type { Experiment } from '../../experiment/experiment.ts';

/** Images of an experiment's parts, as far as they are known before its data was read. */
export interface PartSizes {
  readonly train: number;
  readonly test: number;
}

/** A forward pass takes about a third of a training step's arithmetic. */
const forwardShare = 1 / 3;

/**
 * Seconds a whole run takes, evaluation included, from its arithmetic and the pace of a run seen here. An estimate: kernels differ in
 * how fast they are.
 *
 * @param multiplyAdds of one training step
 * @param secondsPerMultiplyAdd measured on this device
 */
export function estimateSeconds(
  experiment: Pick<Experiment, 'batch' | 'epochs' | 'evaluateEvery' | 'validation'>,
  { train, test }: PartSizes,
  multiplyAdds: number,
  secondsPerMultiplyAdd: number,
): number {
  const { batch, epochs, evaluateEvery, validation } = experiment;
  const held = Math.floor(train * validation);
  const steps = Math.floor((train - held) / batch) * epochs;
  const evaluations = evaluateEvery === 0 ? 1 : Math.ceil(epochs / evaluateEvery);
  const evaluated = evaluations * (test + held) * (multiplyAdds / batch) * forwardShare;
  return (steps * multiplyAdds + evaluated) * secondsPerMultiplyAdd;
}

/** Sizes of the parts an experiment trains and tests on; undefined where they are only known once its images were read. */
export function partSizes(
  experiment: Pick<Experiment, 'trainSize' | 'testSize' | 'data'>,
  known: { readonly data: string; readonly train: number; readonly test: number } | undefined,
): PartSizes | undefined {
  const { trainSize, testSize, data } = experiment;
  const here = known?.data === data ? known : undefined;
  const train = trainSize === 'all' ? here?.train : trainSize;
  const test = testSize === 'all' ? here?.test : testSize;
  return train === undefined || test === undefined ? undefined : { train, test };
}
