import { fail, ok, type Result } from '../../base/result.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { fingerprintOf, imagesFile, type RunImages } from '../run-images.ts';
import { type TensorFile, writeSafetensors } from '../safetensors.ts';
import { trainedConfiguration } from '../trained-configuration.ts';
import { writeZip } from '../zip.ts';
import { methodConfig } from './method-config.ts';

/** The files of `bundle/`, which go into every bundle as they are. */
export const bundleSources = [
  'README.md',
  'auxiliary.py',
  'data.py',
  'hpff.py',
  'model.py',
  'random_streams.py',
  'requirements.txt',
  'schedule.py',
  'tensor_file.py',
  'terms.py',
  'train.py',
] as const;
export type BundleSource = (typeof bundleSources)[number];

export interface PytorchOptions {
  /** The images the run trains on; without them `train.py` is given a folder, and cannot check it. */
  readonly images: RunImages | undefined;
  /** Whether they go into the bundle, as `images.safetensors`. */
  readonly withImages: boolean;
}

/**
 * The run as a zip that goes on in PyTorch: the sources of `bundle/`, `config.json`, `weights.safetensors` and, where wanted,
 * `images.safetensors`. Error: the file lacks the optimiser's state or the schedule's position, so that nothing could go on.
 *
 * @param sources contents of `bundleSources`
 */
export function pytorchBundle(
  experiment: Experiment,
  file: TensorFile,
  sources: Readonly<Record<BundleSource, string>>,
  { images, withImages }: PytorchOptions,
): Result<Uint8Array<ArrayBuffer>> {
  const absent = ['step', 'total_steps', 'steps_per_epoch'].filter((key) => file.metadata[key] === undefined);
  const moving = [...file.tensors.keys()].some((name) => name.startsWith('optimiser.'));
  if (absent.length > 0 || !moving) {
    return fail(
      `The weights hold no ${absent.length > 0 ? absent.join(', ') : "optimiser's state"}, so a PyTorch run could not go on from them. Export from a run, not from plain weights.`,
      'weights',
    );
  }
  const configuration = trainedConfiguration(experiment, file);
  const config = {
    format: 'hpff-bundle',
    version: 1,
    method: methodConfig(experiment, configuration),
    experiment,
    images: configuration.format,
    data: {
      name: images?.name ?? experiment.data,
      title: images?.title ?? experiment.data,
      checksum: images?.checksum ?? null,
      fingerprints:
        images === undefined ? null : { train: fingerprintOf(images.train), test: fingerprintOf(images.test) },
    },
  };
  const encoder = new TextEncoder();
  const contents = new Map<string, Uint8Array>(bundleSources.map((name) => [name, encoder.encode(sources[name])]));
  contents.set('config.json', encoder.encode(`${JSON.stringify(config, undefined, 2)}\n`));
  contents.set('weights.safetensors', writeSafetensors(file));
  if (withImages && images !== undefined) contents.set('images.safetensors', writeSafetensors(imagesFile(images)));
  return ok(writeZip(contents));
}
