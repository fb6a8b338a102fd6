import { fail, ok, type Result } from '../../base/result.ts';
import { checksumOf } from '../../datasets/checksum.ts';
import type { Dataset, ImageSet } from '../../datasets/dataset.ts';
import { imageFormatAt } from '../../datasets/image-formats.ts';
import { type ImageStore, imagesInMemory, selectImages } from '../../datasets/image-store.ts';
import type { FileStore } from '../file-store.ts';
import { seal, unseal } from '../sealed.ts';
import { encodeManifest, type Manifest, parseManifest } from './manifest.ts';
import { openSharded, type ShardOpener, shardName, writeShards } from './shards.ts';

/** A stored set, as it is listed. */
export interface StoredSet {
  readonly id: string;
  readonly manifest: Manifest;
  /** Of all its files. */
  readonly bytes: number;
}

/** Where sets are stored, and how they are read again. */
export interface SetFiles {
  readonly files: FileStore;
  readonly open: ShardOpener;
  /** Bytes that may still be stored; undefined where nobody knows. */
  readonly room: () => Promise<number | undefined>;
}

const top = 'sets';

/** Decoded data sets that outlast the page, so that archives and hub are read once. */
export class SetCache {
  /** Being written: not to be taken for left behind. */
  private readonly writing = new Set<string>();

  constructor(private readonly at: SetFiles) {}

  /** The stored sets, newest first. What was not written to its end, or cannot be read, is deleted. */
  async list(): Promise<Result<readonly StoredSet[]>> {
    const folders = await this.at.files.list(top);
    if (!folders.ok) return folders;
    const sets: StoredSet[] = [];
    for (const { name: id } of folders.value) {
      if (this.writing.has(id)) continue;
      const manifest = await this.manifest(id);
      if (!manifest.ok) {
        await this.remove(id);
        continue;
      }
      const entries = await this.at.files.list(`${top}/${id}`);
      if (!entries.ok) return entries;
      const bytes = entries.value.reduce((sum, entry) => sum + entry.bytes, 0);
      sets.push({ id, manifest: manifest.value, bytes });
    }
    return ok(sets.sort((a, b) => (a.manifest.created < b.manifest.created ? 1 : -1)));
  }

  /** Deletes a stored set; well where it is not there. */
  remove(id: string): Promise<Result<void>> {
    return this.at.files.remove(`${top}/${id}`);
  }

  /** Stores a set; one that is stored already stays. Errors: no room. */
  async write(dataset: Dataset, source: string): Promise<Result<StoredSet>> {
    const id = `${dataset.name}-${dataset.checksum}`;
    const known = await this.manifest(id);
    const stores = storesOf(dataset);
    const bytes = stores.reduce((sum, { count, stride }) => sum + count * stride, 0);
    if (known.ok) return ok({ id, manifest: known.value, bytes });
    const room = await this.at.room();
    if (room !== undefined && room < 1.05 * bytes) {
      return fail(
        `There is no room to keep ${dataset.title} for the next time: it needs ${inMegabytes(bytes)}, and ${inMegabytes(room)} are left. Delete stored sets or runs.`,
        'storage',
      );
    }
    this.writing.add(id);
    try {
      const manifest = await this.writeAll(id, dataset, source, stores);
      if (manifest.ok) return ok({ id, manifest: manifest.value, bytes });
      await this.remove(id);
      return manifest;
    } finally {
      this.writing.delete(id);
    }
  }

  /**
   * Reads a stored set: into memory where it takes at most `memoryLimit` bytes, else its images stay in their files and are read when a
   * batch is gathered. A damaged one is deleted, and the failure says so.
   */
  async read(id: string, memoryLimit: number): Promise<Result<Dataset>> {
    const read = await this.readAll(id, memoryLimit);
    if (!read.ok) await this.remove(id);
    return read;
  }

  private async manifest(id: string): Promise<Result<Manifest>> {
    const name = `${top}/${id}/manifest`;
    const sealed = await this.at.files.read(name);
    if (!sealed.ok) return sealed;
    if (sealed.value === undefined) return fail(`${name} is missing.`, name);
    const contents = await unseal(sealed.value, name);
    return contents.ok ? parseManifest(contents.value, name) : contents;
  }

  private async writeAll(
    id: string,
    dataset: Dataset,
    source: string,
    stores: readonly ImageStore[],
  ): Promise<Result<Manifest>> {
    const folder = `${top}/${id}`;
    const { name, title, terms, notes, classNames, format, checksum, train, validation, test, unlabelled } = dataset;
    const shards: string[] = [];
    const images = await writeShards(this.at.files, folder, stores, async (contents) => {
      shards.push(await digestOf(contents));
    });
    if (!images.ok) return images;
    const labels = await this.at.files.write(`${folder}/labels`, await seal(labelBytes([train, validation, test])));
    if (!labels.ok) return labels;
    const manifest: Manifest = {
      format: 'hpff-images',
      version: 1,
      name,
      title,
      source,
      terms,
      notes: [...notes],
      classNames: [...classNames],
      imageSize: format.imageSize,
      counts: {
        train: train.count,
        validation: validation?.count,
        test: test.count,
        unlabelled: unlabelled?.count,
      },
      checksum,
      shards,
      created: new Date().toISOString(),
    };
    const written = await this.at.files.write(`${folder}/manifest`, await seal(encodeManifest(manifest)));
    return written.ok ? ok(manifest) : written;
  }

  private async readAll(id: string, memoryLimit: number): Promise<Result<Dataset>> {
    const manifest = await this.manifest(id);
    if (!manifest.ok) return damaged(id);
    const { counts, imageSize, title, shards } = manifest.value;
    const { train, validation = 0, test, unlabelled = 0 } = counts;
    const count = train + validation + test + unlabelled;
    const stride = imageSize * imageSize * 3;
    const folder = `${top}/${id}`;
    const inMemory = count * stride <= memoryLimit;
    const whole = new Uint8Array(inMemory ? count * stride : 0);
    let at = 0;
    for (const [index, sum] of shards.entries()) {
      const shard = await this.at.files.read(`${folder}/${shardName(index)}`);
      if (!shard.ok || shard.value === undefined || (await digestOf(shard.value)) !== sum) return damaged(title);
      if (inMemory && at + shard.value.length > whole.length) return damaged(title);
      if (inMemory) whole.set(shard.value, at);
      at += shard.value.length;
    }
    if (at !== count * stride) return damaged(title);
    const sealed = await this.at.files.read(`${folder}/labels`);
    const labels = sealed.ok && sealed.value !== undefined ? await unseal(sealed.value, 'labels') : undefined;
    if (labels?.ok !== true || labels.value.length !== 2 * (train + validation + test)) return damaged(title);
    const images = inMemory
      ? ok(imagesInMemory(whole, stride))
      : await openSharded(this.at.open, folder, stride, count);
    return images.ok ? setOf(manifest.value, images.value, new Uint16Array(labels.value.buffer)) : images;
  }
}

function setOf(manifest: Manifest, images: ImageStore, labels: Uint16Array): Result<Dataset> {
  const { counts, name, title, terms, notes, classNames, imageSize, checksum, shards } = manifest;
  const { train, validation, test, unlabelled } = counts;
  const from = (first: number, count: number): ImageStore =>
    selectImages(
      images,
      Uint32Array.from({ length: count }, (_, place) => first + place),
    );
  const part = (first: number, count: number): ImageSet => ({
    images: from(first, count),
    labels: labels.slice(first, first + count),
    count,
  });
  const afterTrain = train + (validation ?? 0);
  if (labels.some((label) => label >= classNames.length)) return damaged(title);
  const dataset: Dataset = {
    name,
    title,
    classNames,
    format: imageFormatAt(name, imageSize, classNames.length),
    train: part(0, train),
    validation: validation === undefined ? undefined : part(train, validation),
    test: part(afterTrain, test),
    unlabelled: unlabelled === undefined ? undefined : from(afterTrain + test, unlabelled),
    checksum,
    notes,
    terms,
  };
  // The shards were compared one by one; of a set in one piece its own checksum is quick too.
  const { train: own, test: tested, validation: held } = dataset;
  const whole = shards.length > 8 || checksumOf(held === undefined ? [own, tested] : [own, tested, held]) === checksum;
  return whole ? ok(dataset) : damaged(title);
}

const storesOf = ({ train, validation, test, unlabelled }: Dataset): ImageStore[] =>
  [train.images, validation?.images, test.images, unlabelled].filter((store) => store !== undefined);

function labelBytes(sets: readonly (ImageSet | undefined)[]): Uint8Array<ArrayBuffer> {
  const labels = Uint16Array.from(sets.flatMap((set) => [...(set?.labels ?? [])]));
  return new Uint8Array(labels.buffer);
}

async function digestOf(contents: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', contents));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const damaged = (title: string) =>
  fail(`The stored copy of ${title} is damaged; it was deleted. Load its files again.`, 'data');

const inMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
