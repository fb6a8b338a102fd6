import { SetCache, type SetFiles, type StoredSet } from '../archive/sets/set-cache.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { browserDecoder } from '../datasets/browser-decoder.ts';
import type { Dataset } from '../datasets/dataset.ts';
import type { ImageDecoder } from '../datasets/image-decoder.ts';
import { defaultMemoryLimit } from '../datasets/image-store.ts';
import { resizeDataset } from '../datasets/resize-dataset.ts';
import { builtInSeed, createSynthetic } from '../datasets/synthetic.ts';
import { dataSets, largestTrained } from '../experiment/data-sets.ts';
import type { DataName, Experiment } from '../experiment/experiment.ts';
import { checkResolution } from '../trainer/check-resolution.ts';
import type { DataSource, HubChoice, HubOffer, StoredSets } from './data-protocol.ts';
import { type OnReading, planChoice, readSource } from './read-source.ts';

interface Loaded {
  readonly dataset: Dataset;
  /** Where it can be read again, at another resolution. */
  readonly source: DataSource;
}

/** Milliseconds before a set is stored: the run that it was loaded for begins first. */
const grace = 3_000;

/** The data sets this worker holds, one of each name, and those kept on this device. */
export class DataShelf {
  private readonly loaded = new Map<DataName, Loaded>();
  private readonly cache: SetCache | undefined;
  private builtIn: Dataset | undefined;
  private reading: AbortController | undefined;
  private memoryLimit = defaultMemoryLimit;
  private notKept: string | undefined;
  /** Sets are stored one after the other, while whatever else goes on. */
  private storing: Promise<unknown> = Promise.resolve();

  /** @param sets where decoded sets are kept; undefined where the browser has no private files */
  constructor(
    private readonly sets: SetFiles | undefined = undefined,
    private readonly decoder: ImageDecoder = browserDecoder,
  ) {
    this.cache = sets && new SetCache(sets);
  }

  /**
   * What an experiment trains on: loaded, or kept on this device from an earlier visit. At another resolution than it was read at, it is
   * read again.
   */
  async get({ data, resolution }: Experiment, onReading: OnReading): Promise<Result<Dataset>> {
    // Before images are read, or drawn, for nothing.
    const trainable = checkResolution(resolution);
    if (!trainable.ok) return trainable;
    if (data === 'synthetic') return ok(this.drawn(resolution));
    const known = this.loaded.get(data);
    if (known?.dataset.format.imageSize === resolution) return ok(known.dataset);
    if (known !== undefined && known.source.kind !== 'stored') {
      return this.read(known.source, () => resolution, onReading);
    }
    const stored = await this.cache?.list();
    const fitting = (stored?.ok ? stored.value : []).find(
      ({ manifest }) => manifest.name === data && manifest.imageSize === resolution,
    );
    if (fitting !== undefined) return this.read({ kind: 'stored', id: fitting.id }, () => resolution, onReading);
    const { title } = dataSets[data];
    return fail(
      `The images of ${title} are not loaded yet${known === undefined ? '' : ` at ${resolution} pixels`}. Choose or drop their files in the data panel, or choose the built-in set.`,
      'data',
    );
  }

  /** A loaded set, by its checksum. */
  withChecksum(checksum: string): Dataset | undefined {
    return [...this.loaded.values()].find(({ dataset }) => dataset.checksum === checksum)?.dataset;
  }

  /** Reads a set; what was loaded before stays where it fails. */
  load(
    source: DataSource,
    experiment: Experiment,
    memoryLimit: number,
    onReading: OnReading,
  ): Promise<Result<Dataset>> {
    this.memoryLimit = memoryLimit;
    // At a resolution that can be trained on, unless a larger one is asked for.
    const resolution = (name: DataName) =>
      name === experiment.data ? experiment.resolution : Math.min(largestTrained, dataSets[name].resolution);
    return this.read(source, resolution, onReading);
  }

  /** Ends the reading under way. */
  cancel(): void {
    this.reading?.abort();
  }

  /** What fetching a choice from a hub takes. */
  offer(choice: HubChoice): Promise<Result<HubOffer>> {
    return this.exclusively(async (signal) => {
      const plan = await planChoice(choice, this.sets, signal);
      if (!plan.ok) return signal.aborted ? fail(plan.error.message, 'cancelled') : plan;
      const images = plan.value.kind === 'groups' ? plan.value.images : undefined;
      return ok({ choice, bytes: plan.value.bytes, images });
    });
  }

  /** The sets kept on this device. */
  async listStored(): Promise<Result<StoredSets>> {
    await this.storing;
    const stored = await this.cache?.list();
    if (stored !== undefined && !stored.ok) return stored;
    return ok({ sets: (stored?.value ?? []).map(asInfo), problem: this.notKept });
  }

  async deleteStored(id: string): Promise<Result<StoredSets>> {
    const removed = await this.cache?.remove(id);
    return removed !== undefined && !removed.ok ? removed : this.listStored();
  }

  private async exclusively<Made>(body: (signal: AbortSignal) => Promise<Result<Made>>): Promise<Result<Made>> {
    if (this.reading !== undefined) {
      return fail('Images are being read already. Wait until that is done, or cancel it.', 'data');
    }
    const control = new AbortController();
    this.reading = control;
    try {
      return await body(control.signal);
    } finally {
      this.reading = undefined;
    }
  }

  private read(
    source: DataSource,
    resolution: (name: DataName) => number,
    onReading: OnReading,
  ): Promise<Result<Dataset>> {
    return this.exclusively(async (signal) => {
      const read =
        source.kind === 'stored'
          ? await this.readStored(source.id, onReading)
          : await this.readAnew(source, resolution, signal, onReading);
      if (read.ok) this.loaded.set(read.value.name, { dataset: read.value, source });
      return read;
    });
  }

  private async readStored(id: string, onReading: OnReading): Promise<Result<Dataset>> {
    onReading('stored images', undefined);
    return this.cache?.read(id, this.memoryLimit) ?? fail('This browser keeps no images. Load them again.', 'data');
  }

  private async readAnew(
    source: Exclude<DataSource, { readonly kind: 'stored' }>,
    resolution: (name: DataName) => number,
    signal: AbortSignal,
    onReading: OnReading,
  ): Promise<Result<Dataset>> {
    const { sets, decoder, memoryLimit, cache } = this;
    const read = await readSource(source, { decoder, sets, memoryLimit, resolution, signal, onReading });
    if (!read.ok || cache === undefined) return read.ok ? ok(read.value.dataset) : read;
    const { dataset, sink } = read.value;
    if (sink === undefined) {
      this.keep(cache, dataset, wordsOf(source));
      return ok(dataset);
    }
    // Too large for memory: it is stored now, and read from there.
    onReading(`${dataset.title}: storing`, undefined);
    const stored = await cache.write(dataset, wordsOf(source));
    await sink.clear();
    return stored.ok ? cache.read(stored.value.id, memoryLimit) : stored;
  }

  /** Stores a set for the next visit, beside what else goes on. */
  private keep(cache: SetCache, dataset: Dataset, source: string): void {
    this.storing = this.storing.then(async () => {
      await new Promise((resolve) => setTimeout(resolve, grace));
      const stored = await cache.write(dataset, source);
      this.notKept = stored.ok ? undefined : stored.error.message;
    });
  }

  private drawn(resolution: number): Dataset {
    if (this.builtIn?.format.imageSize !== resolution) {
      this.builtIn = resizeDataset(createSynthetic(builtInSeed), resolution);
    }
    return this.builtIn;
  }
}

/** Where a set came from, in words. */
function wordsOf(source: Exclude<DataSource, { readonly kind: 'stored' }>): string {
  if (source.kind === 'hub') return `${source.choice.address}/datasets/${source.choice.repository}`;
  const names = source.kind === 'files' ? source.files.map(({ path }) => path) : source.files.map(({ name }) => name);
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more files` : names.join(', ');
}

const asInfo = ({ id, manifest, bytes }: StoredSet): StoredSets['sets'][number] => ({
  id,
  name: manifest.name,
  title: manifest.title,
  source: manifest.source,
  resolution: manifest.imageSize,
  trainCount: manifest.counts.train,
  testCount: manifest.counts.test,
  bytes,
});
