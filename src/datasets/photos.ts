import { fail, ok, type Result } from '../base/result.ts';
import { assemble, type LabelledImages } from './assemble.ts';
import type { Dataset } from './dataset.ts';
import { type Entry, walkEntries } from './entries.ts';
import { FileChecks, type KnownSums } from './file-sums.ts';
import { imageFormats } from './image-formats.ts';
import { openWriter } from './image-writer.ts';
import { layOutPhotos } from './lay-out-photos.ts';
import { baseName } from './named-file.ts';
import { PhotoCollector } from './photo-collector.ts';
import { byText, type PhotoLayout, type Placed } from './photo-layout.ts';
import { type PhotoSet, photoTerms, photoTitles } from './photo-sets.ts';
import type { InspectedFile, ReadContext, SetReader } from './set-reader.ts';
import { imagesInWords } from './thousands.ts';

/** MD5 as several loaders check it. */
const sums: KnownSums = {
  'tiny-imagenet-200.zip': { algorithm: 'MD5', sum: '90528d7ca1a48142e341f4ef8d21d0de' },
};

const photo = /\.(jpe?g|png|webp)$/i;
const list = /^(labels\.csv|val_annotations\.txt|wnids\.txt|words\.txt)$/i;
/** Tiny-ImageNet's test images, whose classes were never told. */
const untold = /(?:^|\/)test\/images\/test_\d+\.JPEG$/;

/**
 * Reads photos (JPEG, PNG, WebP) by class: Tiny-ImageNet, Imagenette and other parts of ImageNet, own images; from
 * folders, zip, tar and gzipped tar.
 */
export const photoReader: SetReader = {
  identify(files) {
    const set = guess(files.flatMap(({ paths }) => paths));
    return { set, title: photoTitles[set] };
  },
  claim(path) {
    if (photo.test(path)) return 'part';
    return list.test(baseName(path)) ? 'list' : undefined;
  },
  missing: () => [],
  read,
};

/** Which set the first paths look like; the rest of them decides in the end. */
function guess(paths: readonly string[]): PhotoSet {
  if (paths.some((path) => /tiny-imagenet|(^|[\\/])(wnids|val_annotations)\.txt$/i.test(path))) return 'tiny-imagenet';
  if (paths.some((path) => /imagenette/i.test(path))) return 'imagenette';
  const photos = paths.filter((path) => photo.test(path));
  return photos.length > 0 && photos.every((path) => /(^|[\\/])n\d{8}[\\/_]/.test(path)) ? 'imagenet' : 'own';
}

async function read(files: readonly InspectedFile[], context: ReadContext): Promise<Result<Dataset>> {
  const set = guess(files.flatMap(({ paths }) => paths));
  const opened = await openWriter(
    context,
    context.resolution === 'native' ? imageFormats[set].imageSize : context.resolution,
  );
  if (!opened.ok) return opened;
  const writer = opened.value;
  const checks = new FileChecks(sums);
  const collector = new PhotoCollector(context.decoder, writer);
  const visit = async (entry: Entry): Promise<Result<void>> => {
    if (photo.test(entry.path) && !untold.test(entry.path)) return collector.addPhoto(entry);
    return list.test(baseName(entry.path)) ? collector.addText(entry) : ok(undefined);
  };
  const collect = async (): Promise<Result<PhotoLayout>> => {
    for (const { file, packing } of files) {
      const official = baseName(file.name).toLowerCase() in sums || set === 'tiny-imagenet';
      const watched = official && packing !== 'none' ? checks.watchFile(file) : file;
      const walked = await walkEntries(watched, packing, visit, () => `Read so far: ${imagesInWords(writer.count)}.`);
      if (!walked.ok) return walked;
    }
    const photos = await collector.finish();
    if (!photos.ok) return photos;
    if (photos.value.paths.length === 0) {
      return fail(`${files[0]?.file.name} holds no JPEG, PNG or WebP images.`, files[0]?.file.name);
    }
    const layout = layOutPhotos(photos.value);
    return layout.ok ? ok(inOrder(layout.value, photos.value.paths)) : layout;
  };
  const layout = await collect();
  if (!layout.ok) {
    await writer.discard();
    return layout;
  }
  const store = await writer.finish();
  if (!store.ok) return store;
  const { name, classNames, train, validation, test, notes } = layout.value;
  return assemble(
    {
      name,
      title: photoTitles[name],
      classNames,
      terms: photoTerms[name],
      notes: [...(await checks.notes()), ...notes],
      imageSize: writer.imageSize,
      store: store.value,
      train: labelled(train),
      validation: validation.length === 0 ? undefined : labelled(validation),
      test: labelled(test),
      unlabelled: undefined,
    },
    context,
  );
}

/** Images by their paths, so that the same ones make the same set in whatever order an archive has them. */
function inOrder(layout: PhotoLayout, paths: readonly string[]): PhotoLayout {
  const sorted = (placed: readonly Placed[]): Placed[] =>
    placed.toSorted((a, b) => byText(paths[a.index] as string, paths[b.index] as string));
  const { train, validation, test } = layout;
  return { ...layout, train: sorted(train), validation: sorted(validation), test: sorted(test) };
}

const labelled = (placed: readonly Placed[]): LabelledImages => ({
  indices: Uint32Array.from(placed, ({ index }) => index),
  labels: Uint16Array.from(placed, ({ label }) => label),
});
