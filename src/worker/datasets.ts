import { fail, ok, type Result } from '../base/result.ts';
import { browserDecoder } from '../datasets/browser-decoder.ts';
import type { Dataset } from '../datasets/dataset.ts';
import { namedBlob } from '../datasets/named-file.ts';
import { detectSet, readSet } from '../datasets/read-set.ts';
import { resizeDataset } from '../datasets/resize-dataset.ts';
import { builtInSeed, createSynthetic } from '../datasets/synthetic.ts';
import { dataSets, largestTrained } from '../experiment/data-sets.ts';
import type { DataName, Experiment } from '../experiment/experiment.ts';
import type { DataSource } from './data-protocol.ts';
import { servedFile } from './served-file.ts';

/** Told what is being read and how much of it, 0 to 1. */
export type OnReading = (title: string, share: number | undefined) => void;

interface Loaded {
  readonly dataset: Dataset;
  /** Where it can be read again, at another resolution. */
  readonly source: DataSource;
}

/** The data sets this worker holds, one of each name. */
export class DataShelf {
  private readonly loaded = new Map<DataName, Loaded>();
  private builtIn: Dataset | undefined;
  private reading: AbortController | undefined;

  /** What an experiment trains on. At another resolution than it was read at, it is read again. */
  async get({ data, resolution }: Experiment, onReading: OnReading): Promise<Result<Dataset>> {
    if (data === 'synthetic') return ok(this.drawn(resolution));
    const known = this.loaded.get(data);
    if (known === undefined) {
      const { title } = dataSets[data];
      return fail(
        `The images of ${title} are not loaded yet. Choose or drop their files in the data panel, or choose the built-in set.`,
        'data',
      );
    }
    if (known.dataset.format.imageSize === resolution) return ok(known.dataset);
    return this.read(known.source, () => resolution, onReading);
  }

  /** A loaded set, by its checksum. */
  withChecksum(checksum: string): Dataset | undefined {
    return [...this.loaded.values()].find(({ dataset }) => dataset.checksum === checksum)?.dataset;
  }

  /** Reads a set; what was loaded before stays where it fails. */
  load(source: DataSource, experiment: Experiment, onReading: OnReading): Promise<Result<Dataset>> {
    // At a resolution that can be trained on, unless a larger one is asked for.
    const resolution = (name: DataName) =>
      name === experiment.data ? experiment.resolution : Math.min(largestTrained, dataSets[name].resolution);
    return this.read(source, resolution, onReading);
  }

  /** Ends the reading under way. */
  cancel(): void {
    this.reading?.abort();
  }

  private async read(
    source: DataSource,
    resolution: (name: DataName) => number,
    onReading: OnReading,
  ): Promise<Result<Dataset>> {
    if (this.reading !== undefined) {
      return fail('Images are being read already. Wait until that is done, or cancel it.', 'data');
    }
    const control = new AbortController();
    this.reading = control;
    try {
      const files = filesOf(source);
      const detected = await detectSet(files);
      if (!detected.ok) return detected;
      const { set, title } = detected.value;
      onReading(title, 0);
      const read = await readSet(files, {
        decoder: browserDecoder,
        resolution: resolution(set),
        signal: control.signal,
        onProgress: (done, total) => onReading(title, done / total),
      });
      if (read.ok) this.loaded.set(read.value.name, { dataset: read.value, source });
      return read;
    } finally {
      this.reading = undefined;
    }
  }

  private drawn(resolution: number): Dataset {
    if (this.builtIn?.format.imageSize !== resolution) {
      this.builtIn = resizeDataset(createSynthetic(builtInSeed), resolution);
    }
    return this.builtIn;
  }
}

const filesOf = (source: DataSource) =>
  source.kind === 'files' ? source.files.map(({ path, file }) => namedBlob(path, file)) : source.files.map(servedFile);
