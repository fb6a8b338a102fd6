import { fail, ok, type Result } from '../base/result.ts';
import { type ExportedFile, type ExportSource, exportRun } from '../formats/export-run.ts';
import type { TensorFile } from '../formats/safetensors.ts';
import type { ExportFormatName, ExportOptions } from '../runs/export-formats.ts';
import { runImages } from '../trainer/run-images.ts';
import type { Training } from '../trainer/training.ts';

/** The Python sources of a bundle, loaded when one is made. */
export const bundleSources: ExportSource['bundleSources'] = async () =>
  (await import('./bundle-sources.ts')).bundleTexts;

/** Exports the live run. `weights` is its state as it was saved between two steps. */
export function exportLive(
  training: Training,
  weights: Result<TensorFile>,
  measured: ExportSource['measured'],
  { format, options }: { readonly format: ExportFormatName; readonly options: ExportOptions },
): Promise<Result<ExportedFile>> {
  return exportRun(
    format,
    {
      experiment: training.experiment,
      weights,
      measured,
      async images() {
        const images = runImages(training.dataset);
        return images === undefined ? fail('The images are too large to export: over 512 MiB.', 'images') : ok(images);
      },
      bundleSources,
    },
    options,
  );
}
