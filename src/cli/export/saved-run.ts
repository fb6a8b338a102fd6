import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createFolderStore } from '../../archive/folder-store.ts';
import { StoredRun } from '../../archive/stored-run.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { parseExperimentText } from '../../experiment/parse-text.ts';
import type { ExportSource } from '../../formats/export-run.ts';
import { readRunZip } from '../../formats/run-zip/run-zip.ts';
import { parseSafetensors, type TensorFile } from '../../formats/safetensors.ts';
import { History } from '../../runs/history.ts';
import { experimentNow } from '../../runs/run-record.ts';
import { chosenPart, runImages } from '../../trainer/run-images.ts';
import { fileReason } from '../file-errors.ts';
import { openDataset } from '../train/data-folder.ts';
import { readBundleSources } from './bundle-sources.ts';

/**
 * A run as `train` left it in a folder, with record and measurements where they were kept, or as an exported `.hpff.zip`; ready to
 * export. Errors name the file that is missing or wrong.
 *
 * @param data folder of the data set, for formats that need the images
 */
export async function openSavedRun(path: string, data: string | undefined): Promise<Result<ExportSource>> {
  try {
    if (!existsSync(path)) return fail(`There is no ${path}. Name the folder of a run, or its .hpff.zip.`, path);
    return statSync(path).isDirectory() ? await openFolder(path, data) : openZip(path, data);
  } catch (error) {
    return fail(`${path} cannot be read: ${fileReason(error)}.`, path);
  }
}

async function openFolder(path: string, data: string | undefined): Promise<Result<ExportSource>> {
  const stored = new StoredRun(createFolderStore(path), '');
  const record = await stored.readRecord();
  if (!record.ok) return record;
  const weights = await weightsIn(path, stored);
  if (!weights.ok) return weights;
  if (record.value === undefined) {
    if (!existsSync(join(path, 'experiment.json'))) return fail(`${path} lacks experiment.json. ${remedy}`, path);
    const experiment = parseExperimentText(readFileSync(join(path, 'experiment.json'), 'utf8'), 'experiment.json');
    if (!experiment.ok) return experiment;
    return ok({ ...common(experiment.value, data), weights, measured: undefined });
  }
  const read = await stored.readHistory();
  if (!read.ok) return read;
  const history = History.of(read.value.history.data(), record.value);
  // A run that was cut off goes on from its checkpoint; what was measured after it will be measured again.
  history.cutAfter(Number(weights.value.metadata.step));
  const measured = { record: record.value, history };
  return ok({ ...common(experimentNow(record.value), data), weights, measured });
}

const remedy = 'Name a folder that train --out has written.';

/** The weights at a run's end, or its last checkpoint where it did not come to one. */
async function weightsIn(path: string, stored: StoredRun): Promise<Result<TensorFile>> {
  const file = join(path, 'weights.safetensors');
  if (existsSync(file)) return parseSafetensors(readFileSync(file), 'weights.safetensors');
  const kept = await stored.readCheckpoint();
  if (!kept.ok) return kept;
  return kept.value.checkpoint === undefined
    ? fail(`${path} lacks weights.safetensors, and there is no checkpoint. ${remedy}`, path)
    : ok(kept.value.checkpoint.file);
}

function openZip(path: string, data: string | undefined): Result<ExportSource> {
  const run = readRunZip(readFileSync(path), path);
  if (!run.ok) return run;
  const { record, history, weights } = run.value;
  return ok({ ...common(experimentNow(record), data), weights: ok(weights), measured: { record, history } });
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
