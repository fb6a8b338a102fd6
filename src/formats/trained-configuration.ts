import type { Experiment } from '../experiment/experiment.ts';
import { configurationOf, type StepConfiguration } from '../methods/configuration.ts';
import type { TensorFile } from './safetensors.ts';

/** The configuration of a trained experiment: its images may have had another number of classes than their set's name says. */
export function trainedConfiguration(experiment: Experiment, file: TensorFile): StepConfiguration {
  const configuration = configurationOf(experiment);
  const [classes = configuration.network.classes] = file.tensors.get('fc.bias')?.shape ?? [];
  const { network, format } = configuration;
  return { ...configuration, network: { ...network, classes }, format: { ...format, classes } };
}
