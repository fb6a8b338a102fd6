import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { parseExperimentText } from '../../experiment/parse-text.ts';
import type { ExportSource } from '../../formats/export-run.ts';
import { readRunZip } from '../../formats/run-zip/run-zip.ts';
import { parseSafetensors } from '../../formats/safetensors.ts';
import { experimentNow } from '../../runs/run-record.ts';
import { chosenPart, runImages } from '../../trainer/run-images.ts';
import { fileReason } from '../file-errors.ts';
import { openDataset } from '../train/data-folder.ts';
import { readBundleSources } from './bundle-sources.ts';

/**
 * A run as `train` left it in a folder, or as an exported `.hpff.zip`, ready to export. Errors name the file that is missing or wrong.
 *
 * @param data folder of the data set, for formats that need the images
 */
export function openSavedRun(path: string, data: string | undefined): Result<ExportSource> {
  try {
    if (!existsSync(path)) return fail(`There is no ${path}. Name the folder of a run, or its .hpff.zip.`, path);
    return statSync(path).isDirectory() ? openFolder(path, data) : openZip(path, data);
  } catch (error) {
    return fail(`${path} cannot be read: ${fileReason(error)}.`, path);
  }
}

function openFolder(path: string, data: string | undefined): Result<ExportSource> {
  const absent = ['experiment.json', 'weights.safetensors'].find((name) => !existsSync(join(path, name)));
  if (absent !== undefined)
    return fail(`${path} lacks ${absent}. Name a folder that train --out has written to its end.`, path);
  const experiment = parseExperimentText(readFileSync(join(path, 'experiment.json'), 'utf8'), 'experiment.json');
  if (!experiment.ok) return experiment;
  const weights = parseSafetensors(readFileSync(join(path, 'weights.safetensors')), 'weights.safetensors');
  if (!weights.ok) return weights;
  return ok({ ...common(experiment.value, data), weights: weights.value, measured: undefined });
}

function openZip(path: string, data: string | undefined): Result<ExportSource> {
  const run = readRunZip(readFileSync(path), path);
  if (!run.ok) return run;
  const { record, history, weights } = run.value;
  return ok({ ...common(experimentNow(record), data), weights, measured: { record, history } });
}

const common = (
  experiment: Experiment,
  data: string | undefined,
): Pick<ExportSource, 'experiment' | 'images' | 'bundleSources'> => ({
  experiment,
  async images() {
    const dataset = await openDataset(experiment, data);
    if (!dataset.ok) return dataset;
    const images = runImages(chosenPart(experiment, dataset.value));
    return images === undefined ? fail('The images are too large to export: over 512 MiB.', 'images') : ok(images);
  },
  bundleSources: async () => readBundleSources(),
});
