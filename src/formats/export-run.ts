import { fail, ok, type Result } from '../base/result.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { type ExportFormatName, type ExportOptions, exportFormats } from '../runs/export-formats.ts';
import type { History } from '../runs/history.ts';
import { historyCsv } from '../runs/history-csv.ts';
import { historyJson } from '../runs/history-json.ts';
import type { RunRecord } from '../runs/run-record.ts';
import type { BundleSource } from './pytorch/bundle.ts';
import { imagesFile, type RunImages } from './run-images.ts';
import { writeRunZip } from './run-zip/run-zip.ts';
import { type TensorFile, writeSafetensors } from './safetensors.ts';
import { writeZip } from './zip.ts';

/** What exports are made from. Parts that are dear are asked for only where a format needs them. */
export interface ExportSource {
  /** As it is after all changes. */
  readonly experiment: Experiment;
  /** The last checkpoint or the live state, under PyTorch's names, optimiser included; or why there are none to export. */
  readonly weights: Result<TensorFile>;
  /** Undefined where the run kept none. */
  readonly measured: { readonly record: RunRecord; readonly history: History } | undefined;
  /** The images the run trains on, or why they are not at hand. */
  images(): Promise<Result<RunImages>>;
  bundleSources(): Promise<Readonly<Record<BundleSource, string>>>;
}

export interface ExportedFile {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Makes the file of one format. The writers of models and zips are loaded when they are first asked for. */
export async function exportRun(
  format: ExportFormatName,
  source: ExportSource,
  options: ExportOptions,
): Promise<Result<ExportedFile>> {
  const { experiment, weights } = source;
  const done = (type: string, content: Uint8Array | string): Result<ExportedFile> => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    return ok({ name: exportFormats[format].file, type, bytes: bytes as Uint8Array<ArrayBuffer> });
  };
  switch (format) {
    case 'safetensors':
      if (!weights.ok) return weights;
      return done(
        'application/octet-stream',
        writeSafetensors(options.optimiser ? weights.value : withoutOptimiser(weights.value)),
      );
    case 'onnx': {
      if (!weights.ok) return weights;
      const { onnxModel } = await import('./onnx/onnx-model.ts');
      const model = onnxModel(experiment, weights.value, options);
      return model.ok ? done('application/octet-stream', model.value) : model;
    }
    case 'tfjs': {
      if (!weights.ok) return weights;
      const { tfjsModel } = await import('./tfjs/graph-model.ts');
      const model = tfjsModel(experiment, weights.value, options);
      return model.ok ? done('application/zip', writeZip(model.value)) : model;
    }
    case 'pytorch': {
      if (!weights.ok) return weights;
      const { pytorchBundle } = await import('./pytorch/bundle.ts');
      const images = await source.images();
      if (options.images && !images.ok) return images;
      const bundle = pytorchBundle(experiment, weights.value, await source.bundleSources(), {
        images: images.ok ? images.value : undefined,
        withImages: options.images,
      });
      return bundle.ok ? done('application/zip', bundle.value) : bundle;
    }
    case 'images': {
      const images = await source.images();
      return images.ok ? done('application/octet-stream', writeSafetensors(imagesFile(images.value))) : images;
    }
    case 'experiment':
      return done('application/json', `${JSON.stringify(experiment, undefined, 2)}\n`);
    case 'run':
    case 'csv':
    case 'json':
    case 'tensorboard':
      return exportMeasured(format, source, done);
  }
}

async function exportMeasured(
  format: 'run' | 'csv' | 'json' | 'tensorboard',
  { measured, weights }: ExportSource,
  done: (type: string, content: Uint8Array | string) => Result<ExportedFile>,
): Promise<Result<ExportedFile>> {
  if (measured === undefined)
    return fail(
      'There is no record of this run, so its measurements cannot be exported. Choose a format of weights.',
      format,
    );
  const { record, history } = measured;
  switch (format) {
    case 'run':
      return weights.ok ? done('application/zip', writeRunZip({ record, history, weights: weights.value })) : weights;
    case 'csv':
      return done('text/csv', [...historyCsv(history)].join(''));
    case 'json':
      return done('application/json', historyJson(record, history));
    case 'tensorboard': {
      const { historyEvents } = await import('./tensorboard/history-events.ts');
      return done('application/octet-stream', historyEvents(history, record.created));
    }
  }
}

/** The weights alone: velocities left out, and with them the promise to go on exactly. */
function withoutOptimiser({ tensors, metadata }: TensorFile): TensorFile {
  return { tensors: new Map([...tensors].filter(([name]) => !name.startsWith('optimiser.'))), metadata };
}
