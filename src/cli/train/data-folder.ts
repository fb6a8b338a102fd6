import { fail, ok, type Result } from '../../base/result.ts';
import type { Dataset } from '../../datasets/dataset.ts';
import { nodeDecoder } from '../../datasets/node-decoder.ts';
import { detectSet, readSet } from '../../datasets/read-set.ts';
import { resizeDataset } from '../../datasets/resize-dataset.ts';
import { builtInSeed, createSynthetic } from '../../datasets/synthetic.ts';
import { dataSets } from '../../experiment/data-sets.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { checkResolution } from '../../trainer/check-resolution.ts';
import { fileToRead, listDataFiles } from '../data-files.ts';

/**
 * The data set of an experiment at its resolution, from the official files, archives or folders of images below `folder`. `note` is told
 * which set was found and what of it is missing. Errors name the folder or file and the remedy.
 */
export async function openDataset(
  { data, resolution }: Pick<Experiment, 'data' | 'resolution'>,
  folder: string | undefined,
  note: (text: string) => void = () => {},
): Promise<Result<Dataset>> {
  const trainable = checkResolution(resolution);
  if (!trainable.ok) return trainable;
  if (data === 'synthetic') return ok(resizeDataset(createSynthetic(builtInSeed), resolution));
  const { title } = dataSets[data];
  if (folder === undefined) {
    return fail(
      `This experiment trains on ${title}. Name the folder with its files by --data DIR, or train on the built-in set by --set data=synthetic.`,
      '--data',
    );
  }
  const listed = listDataFiles(folder);
  if (!listed.ok) return listed;
  if (listed.value.length === 0) {
    return fail(`--data ${folder} holds no files. Name the folder with the files of ${title}.`, '--data');
  }
  const files = listed.value.map(fileToRead);
  const detected = await detectSet(files);
  if (!detected.ok) return fail(`--data ${folder}: ${detected.error.message}`, '--data');
  note(`Found ${detected.value.title} in ${folder}.`);
  for (const sentence of detected.value.missing) note(sentence);
  const read = await readSet(files, { decoder: nodeDecoder, resolution });
  if (!read.ok || read.value.name === data) return read;
  return fail(
    `--data ${folder} holds ${read.value.title}, but the experiment trains on ${title}. Name another folder, or train on these images by --set data=${read.value.name}.`,
    '--data',
  );
}
