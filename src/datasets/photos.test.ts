import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { expectOk, type Result } from '../base/result.ts';
import type { Dataset } from './dataset.ts';
import { imagesOf } from './image-store.fakes.ts';
import { type NamedFile, namedBytes } from './named-file.ts';
import { nodeDecoder } from './node-decoder.ts';
import { detectSet, type ReadOptions, readSet } from './read-set.ts';
import { fakeImage, fakeTarOf, fakeTree, fakeZip, words } from './readers.fakes.ts';
import { splitValidation } from './subset.ts';

const png = fakeImage('image/png', 40, 32);
const load = (files: readonly NamedFile[], options: Partial<ReadOptions> = {}): Promise<Result<Dataset>> =>
  readSet(files, { decoder: nodeDecoder, resolution: 32, ...options });
const messageOf = (result: Result<unknown>): string => (result.ok ? 'no failure' : result.error.message);
const filesOf = (tree: Readonly<Record<string, Uint8Array>>): NamedFile[] =>
  Object.entries(tree).map(([name, bytes]) => namedBytes(name, bytes));
const pictures = (...paths: readonly string[]): Record<string, Uint8Array<ArrayBuffer>> =>
  Object.fromEntries(paths.map((path) => [path, png]));

describe('folders by class', () => {
  it('give the same set from a folder, a zip, a tar and a gzipped tar', async () => {
    const tree = fakeTree();
    const tar = await fakeTarOf(tree);
    const backwards = Object.fromEntries(Object.entries(tree).reverse());
    const ways = [
      filesOf(tree),
      [namedBytes('a.zip', fakeZip(backwards))],
      [namedBytes('a.tar', tar)],
      [namedBytes('a.tgz', gzipSync(tar))],
    ];
    const sums = await Promise.all(ways.map(async (way) => expectOk(await load(way)).checksum));
    expect(new Set(sums).size).toBe(1);
  });

  it('train, val and test are parts; with train and val alone, val is the test part', async () => {
    const three = pictures('x/train/b/1.png', 'x/train/a/1.png', 'x/val/a/1.png', 'x/test/b/1.png', 'x/test/b/2.png');
    const parts = expectOk(await load(filesOf(three)));
    expect(parts.classNames).toEqual(['a', 'b']);
    expect([[...parts.train.labels], [...(parts.validation?.labels ?? [])], [...parts.test.labels]]).toEqual([
      [0, 1],
      [0],
      [1, 1],
    ]);
    const two = expectOk(await load(filesOf(pictures('train/a/1.png', 'train/b/1.png', 'validation/b/1.png'))));
    expect([two.validation, [...two.test.labels]]).toEqual([undefined, [1]]);
    expect(two.notes.join(' ')).toContain('the validation part is the test part');
  });

  it('classes alone are split, seeded and in proportion, the only image of a class trains', async () => {
    const paths = ['a', 'b'].flatMap((name) => [0, 1, 2, 3, 4, 5].map((index) => `set/${name}/${index}.png`));
    const files = filesOf(pictures(...paths, 'set/rare/0.png'));
    const { train, test, notes, classNames } = expectOk(await load(files));
    expect(classNames).toEqual(['a', 'b', 'rare']);
    expect([[...test.labels].sort(), train.count]).toEqual([[0, 1], 11]);
    expect(train.labels).toContain(2);
    expect(notes.join(' ')).toMatch(
      /No test part was given\. 2 of the 13 images.*1 class has a single image, which is in the training/,
    );
    const half = expectOk(await load(files, { testShare: 0.5, seed: 3 }));
    expect(half.test.count).toBe(7);
    const validated = splitValidation(half, 0.3, 1);
    expect([validated.train.count, validated.validation?.count]).toEqual([4, 2]);
    expect(validated.checksum).not.toBe(half.checksum);
  });

  it('a class called "train" is a class where no classes are in it', async () => {
    const { classNames } = expectOk(
      await load(filesOf(pictures('toys/car/1.png', 'toys/train/1.png', 'toys/train/2.png'))),
    );
    expect(classNames).toEqual(['car', 'train']);
  });

  it('hidden files and leftovers of archivers are passed over', async () => {
    const zip = fakeZip({
      ...pictures('a/x/1.png', 'a/y/1.png'),
      '__MACOSX/a/x/._1.png': words('x'),
      'a/.DS_Store': words('x'),
    });
    expect(expectOk(await load([namedBytes('a.zip', zip)])).classNames).toEqual(['x', 'y']);
  });

  it('an archive that is cut off is refused with how far it was read', async () => {
    const zip = fakeZip(fakeTree());
    const cut = namedBytes('pets.zip', zip.subarray(0, zip.length - 300));
    expect(messageOf(await load([cut]))).toMatch(
      /pets\.zip is cut off or damaged.* Read so far: \d images?\. Download/,
    );
  });

  it('images without folders are refused with what to do', async () => {
    expect(messageOf(await load(filesOf(pictures('1.png', '2.png'))))).toMatch(
      /have no classes.*folder of its name.*labels\.csv/,
    );
  });

  it('an image given twice is refused', async () => {
    const [file] = filesOf(pictures('a/x/1.png'));
    expect(messageOf(await load([file as NamedFile, file as NamedFile]))).toMatch(/a\/x\/1\.png is there twice/);
  });
});

describe('labels.csv', () => {
  it('gives classes by number, with names', async () => {
    const table = 'file,wnid,class_index,name\n1.png,,2,"cat, tabby"\nsub/2.png,,0,dog\n';
    const files = filesOf({ ...pictures('set/1.png', 'set/sub/2.png', 'set/3.png'), 'set/labels.csv': words(table) });
    const { train, classNames, notes } = expectOk(await load(files));
    expect(classNames).toEqual(['dog', 'class 1', 'cat, tabby']);
    expect([...train.labels]).toEqual([2, 0]);
    expect(notes.join(' ')).toContain('Left out: 1 image that set/labels.csv does not name.');
  });

  it('gives classes by label and parts by split', async () => {
    const table = '\ufeffpath,label,split\r\na.png,9,train\r\nb.png,10,train\r\nc.png,9,test\r\n';
    const files = filesOf({ ...pictures('a.png', 'b.png', 'c.png'), 'labels.csv': words(table) });
    const { train, test, classNames } = expectOk(await load(files));
    expect([classNames, [...train.labels], [...test.labels]]).toEqual([['9', '10'], [0, 1], [0]]);
  });

  const wrong: [table: string, says: RegExp][] = [
    ['name,class\n1.png,3\n', /needs the columns "file" and "class_index".*it has name, class/],
    ['file,class_index\n1.png,-1\n', /row 2: class_index is "-1"/],
    ['file,label\n1.png,\n', /row 2, has no label/],
    ['file,label\n1.png,a\n1.png,b\n', /names 1\.png twice, the second time in row 3/],
    ['file,label\nother.png,a\n', /None of the images is named/],
    ['', /labels\.csv is empty/],
  ];
  for (const [table, says] of wrong) {
    it(`refuses ${JSON.stringify(table)}`, async () => {
      expect(messageOf(await load(filesOf({ ...pictures('1.png'), 'labels.csv': words(table) })))).toMatch(says);
    });
  }
});

describe('sets that are known', () => {
  const tiny = {
    'tiny-imagenet-200/wnids.txt': words('n02\nn00000002\nn00000001\n'.replace('n02\n', '')),
    'tiny-imagenet-200/words.txt': words('n00000001\tgoldfish, Carassius auratus\nn00000002\ttoad\n'),
    ...pictures(
      'tiny-imagenet-200/train/n00000001/images/n00000001_0.JPEG',
      'tiny-imagenet-200/train/n00000002/images/n00000002_0.JPEG',
      'tiny-imagenet-200/val/images/val_0.JPEG',
      'tiny-imagenet-200/test/images/test_0.JPEG',
    ),
    'tiny-imagenet-200/val/val_annotations.txt': words('val_0.JPEG\tn00000002\t0\t0\t9\t9\n'),
  };

  it('Tiny-ImageNet: classes in order of their ids, validation images by their list', async () => {
    const zip = [namedBytes('tiny-imagenet-200.zip', fakeZip(tiny))];
    expect(expectOk(await detectSet(zip))).toMatchObject({ set: 'tiny-imagenet', title: 'Tiny-ImageNet' });
    const { name, classNames, train, test, format } = expectOk(await load(zip, { resolution: 'native' }));
    expect([name, classNames, [...train.labels], [...test.labels], format.imageSize]).toEqual([
      'tiny-imagenet',
      ['goldfish', 'toad'],
      [0, 1],
      [1],
      64,
    ]);
  });

  it('Tiny-ImageNet without the list of its validation images says what is missing', async () => {
    const { 'tiny-imagenet-200/val/val_annotations.txt': _, ...rest } = tiny;
    expect(messageOf(await load([namedBytes('t.zip', fakeZip(rest))]))).toMatch(
      /does not say which class .*val_0\.JPEG is of/,
    );
  });

  it('Imagenette and other parts of ImageNet by their WordNet ids', async () => {
    const ids = '01440764 02102040 02979186 03000684 03028079 03394916 03417042 03425413 03445777 03888257'.split(' ');
    const all = filesOf(pictures(...ids.flatMap((id) => [`i/train/n${id}/1.png`, `i/val/n${id}/2.png`])));
    const imagenette = expectOk(await load(all));
    expect([imagenette.name, imagenette.classNames[1], imagenette.test.count]).toEqual([
      'imagenette',
      'English springer',
      10,
    ]);
    const part = expectOk(await load(all.filter(({ name }) => /n01|n02/.test(name))));
    expect([part.name, part.format.classes]).toEqual(['imagenet', 3]);
  });

  it('files of two sets are refused, with both names', async () => {
    const files = [namedBytes('data_batch_1.bin', new Uint8Array(3073)), namedBytes('test_y.bin', new Uint8Array(3))];
    expect(messageOf(await detectSet(files))).toBe(
      'These are files of CIFAR-10 and of STL-10. Choose those of one set.',
    );
  });
});

it('the shorter side is brought to the resolution and the middle kept', async () => {
  const wide = filesOf({ 'a/x/1.png': fakeImage('image/png', 96, 32), 'a/x/2.png': fakeImage('image/png', 96, 32) });
  const image = imagesOf(expectOk(await load(wide)).train);
  // Columns 32 to 63 of the stripes.
  expect([...image.subarray(0, 6)]).toEqual([0, 96, 90, 8, 99, 90]);
});
