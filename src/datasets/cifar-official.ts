import type { KnownSum, KnownSums } from './file-sums.ts';

/** One of the two CIFAR sets, and how its files are named. */
export interface CifarSet {
  readonly name: 'cifar-10' | 'cifar-100';
  readonly title: string;
  readonly classNames: readonly string[];
  /** Label bytes before the pixels of a record, of which the last is the class. */
  readonly labelBytes: 1 | 2;
  /** The key of the labels in the Python version. */
  readonly labelKey: 'labels' | 'fine_labels';
  /** Parts without ending (the Python version has none, the binary one .bin), in the order of their records. */
  readonly train: readonly string[];
  readonly test: string;
  /** Files that come with them and hold nothing needed. */
  readonly beside: RegExp;
  readonly archives: readonly string[];
  /** By the file's whole name. */
  readonly sums: KnownSums;
  readonly terms: string;
}

const terms = (title: string): string =>
  `${title}, https://www.cs.toronto.edu/~kriz/cifar.html. The official page states no licence; the photos were ` +
  'collected from the web. It asks to cite: Alex Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009.';

const sha256 = (sum: string): KnownSum => ({ algorithm: 'SHA-256', sum });
const md5 = (sum: string): KnownSum => ({ algorithm: 'MD5', sum });

/**
 * Sums of the binary parts: as the torchvision port for Ruby (ankane/torchvision-ruby, cifar10.rb) checks them; the
 * archive sum it lists beside them (c4a38c50...bca1dd) is TensorFlow Datasets' too, and that of test_batch.bin is found
 * in several unrelated projects. Of the Python parts: torchvision's (datasets/cifar.py).
 */
export const cifar10: CifarSet = {
  name: 'cifar-10',
  title: 'CIFAR-10',
  classNames: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
  labelBytes: 1,
  labelKey: 'labels',
  train: ['data_batch_1', 'data_batch_2', 'data_batch_3', 'data_batch_4', 'data_batch_5'],
  test: 'test_batch',
  beside: /^(batches\.meta(\.txt)?|readme\.html)$/,
  archives: ['cifar-10-binary.tar.gz', 'cifar-10-python.tar.gz'],
  sums: {
    'data_batch_1.bin': sha256('cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5'),
    'data_batch_2.bin': sha256('a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed'),
    'data_batch_3.bin': sha256('bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67'),
    'data_batch_4.bin': sha256('014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48'),
    'data_batch_5.bin': sha256('755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add'),
    'test_batch.bin': sha256('8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b'),
    data_batch_1: md5('c99cafc152244af753f735de768cd75f'),
    data_batch_2: md5('d4bba439e000b95fd0a9bffe97cbabec'),
    data_batch_3: md5('54ebc095f3ab1f0389bbae665268c751'),
    data_batch_4: md5('634d18415352ddfa80567beed471001a'),
    data_batch_5: md5('482c414d41f54cd18b22e5b47cb7c3cb'),
    test_batch: md5('40351d587109b95175f43aff81a1287e'),
  },
  terms: terms('CIFAR-10'),
};

/** With the 100 fine classes. Sums: torchvision's (datasets/cifar.py); of the binary parts none is published. */
export const cifar100: CifarSet = {
  name: 'cifar-100',
  title: 'CIFAR-100',
  classNames: (
    'apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly camel can castle ' +
    'caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur dolphin elephant ' +
    'flatfish forest fox girl hamster house kangaroo keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree ' +
    'motorcycle mountain mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain plate ' +
    'poppy porcupine possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper snail snake spider ' +
    'squirrel streetcar sunflower sweet_pepper table tank telephone television tiger tractor train trout tulip turtle ' +
    'wardrobe whale willow_tree wolf woman worm'
  ).split(' '),
  labelBytes: 2,
  labelKey: 'fine_labels',
  train: ['train'],
  test: 'test',
  beside: /^(meta|(fine|coarse)_label_names\.txt)$/,
  archives: ['cifar-100-binary.tar.gz', 'cifar-100-python.tar.gz'],
  sums: {
    train: md5('16019d7e3df5f24257cddd939b257f8d'),
    test: md5('f0ef6b0ae62326f3e7ffdfab6717acfc'),
  },
  terms: terms('CIFAR-100'),
};
