import { fail, ok, type Result } from '../base/result.ts';
import { checkTrainable, type Dataset } from '../datasets/dataset.ts';
import { createSampler, type Sampler } from '../datasets/sampling.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { configurationOf, type StepConfiguration } from '../methods/configuration.ts';
import type { Batch } from '../runtime/executor.ts';
import { checkResolution } from './check-resolution.ts';
import { chosenPart } from './run-images.ts';

/** What an experiment needs of its images before there is an executor. */
export interface Prepared {
  readonly experiment: Experiment;
  readonly configuration: StepConfiguration;
  readonly data: Dataset;
  readonly sampler: Sampler;
  readonly batch: Batch;
}

/**
 * Everything of an experiment that needs no executor. Errors: images of another size, a set that cannot be trained on, a batch larger
 * than the subset.
 */
export function prepare(experiment: Experiment, whole: Dataset): Result<Prepared> {
  const { resolution } = experiment;
  const possible = checkResolution(resolution);
  if (!possible.ok) return possible;
  const { imageSize } = whole.format;
  if (imageSize !== resolution) {
    return fail(
      `resolution = ${resolution}, but the images of ${whole.title} were read at ${imageSize}. Load them again at ${resolution}.`,
      'resolution',
    );
  }
  const trainable = checkTrainable(whole);
  if (!trainable.ok) return trainable;
  const data = chosenPart(experiment, whole);
  const sampler = createSampler(experiment.seed, experiment.batch, data.train.count);
  if (!sampler.ok) return sampler;
  const configuration = configurationOf(experiment, data.format);
  const size = data.format.imageSize;
  const batch: Batch = {
    images: new Uint8Array(experiment.batch * size * size * 3),
    labels: new Int32Array(experiment.batch),
    crops: new Int32Array(experiment.batch * 3),
  };
  return ok({ experiment, configuration, data, sampler: sampler.value, batch });
}
