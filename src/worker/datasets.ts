import { fail, ok, type Result } from '../base/result.ts';
import { browserDecoder } from '../datasets/browser-decoder.ts';
import type { Dataset } from '../datasets/dataset.ts';
import type { NamedFile } from '../datasets/named-file.ts';
import { readSet } from '../datasets/read-set.ts';
import { builtInSeed, createSynthetic } from '../datasets/synthetic.ts';
import type { DataName } from '../experiment/experiment.ts';
import type { DataInfo, DataSource } from './protocol.ts';

/** Training images shown in the data panel. */
const sampleCount = 40;

/** The data sets this worker holds. */
export class DataShelf {
  private readonly loaded = new Map<DataName, Dataset>();

  /** A set for training; the built-in one is drawn on first use. */
  get(name: DataName): Result<Dataset> {
    const known = this.loaded.get(name);
    if (known !== undefined) return ok(known);
    if (name !== 'synthetic') {
      return fail(
        'CIFAR-10 is not loaded yet. Drop cifar-10-binary.tar.gz or its .bin files on the page, or choose the built-in set.',
        'data',
      );
    }
    const made = createSynthetic(builtInSeed);
    this.loaded.set(name, made);
    return ok(made);
  }

  /** Reads a set; what was loaded before stays where it fails. */
  async load(source: DataSource, onShare: (share: number) => void): Promise<Result<Dataset>> {
    const files = source.kind === 'files' ? source.files : source.files.map(servedFile);
    const read = await readSet(files, {
      decoder: browserDecoder,
      onProgress: (done, total) => onShare(done / total),
    });
    if (read.ok) this.loaded.set(read.value.name, read.value);
    return read;
  }
}

/** A file of the development server; a failed request fails the stream. */
function servedFile({
  name,
  url,
  size,
}: {
  readonly name: string;
  readonly url: string;
  readonly size: number;
}): NamedFile {
  return {
    name,
    size,
    stream() {
      const body = fetch(url).then((response) => {
        if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`);
        return response.body.getReader();
      });
      return new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { done, value } = await (await body).read();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: async (reason) => (await body).cancel(reason),
      });
    },
  };
}

/** What the page shows of a data set: counts, notes and a few images, four of each class. */
export function describeData(dataset: Dataset): DataInfo {
  const { train, test, classNames } = dataset;
  const size = dataset.format.imageSize;
  const chosen: number[] = [];
  const taken = new Array<number>(classNames.length).fill(0);
  const each = Math.ceil(sampleCount / classNames.length);
  for (let index = 0; index < train.count && chosen.length < sampleCount; index++) {
    const label = train.labels[index] as number;
    if ((taken[label] as number) >= each) continue;
    taken[label] = (taken[label] as number) + 1;
    chosen.push(index);
  }
  const { stride } = train.images;
  const images = new Uint8Array(chosen.length * stride);
  chosen.forEach((index, place) => {
    train.images.copy(index, images, place * stride);
  });
  return {
    name: dataset.name,
    title: dataset.title,
    classNames,
    trainCount: train.count,
    testCount: test.count,
    checksum: dataset.checksum,
    notes: dataset.notes,
    terms: dataset.terms,
    samples: { images, labels: chosen.map((index) => train.labels[index] as number), size },
  };
}
