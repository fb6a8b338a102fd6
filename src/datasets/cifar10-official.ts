/** The six files of the binary version, in the order of their records. */
export const partNames = [
  'data_batch_1.bin',
  'data_batch_2.bin',
  'data_batch_3.bin',
  'data_batch_4.bin',
  'data_batch_5.bin',
  'test_batch.bin',
] as const;

export type PartName = (typeof partNames)[number];

/** Bytes of each official part: 10,000 records. */
export const officialPartSize = 30_730_000;

export const officialArchive = { name: 'cifar-10-binary.tar.gz', size: 170_052_171 } as const;

/**
 * SHA-256 of the official parts, as the torchvision port for Ruby (ankane/torchvision-ruby, cifar10.rb) checks them; the
 * archive sum it lists beside them (c4a38c50...bca1dd) is TensorFlow Datasets' too, and that of test_batch.bin is found
 * in several unrelated projects.
 */
export const officialSha256: Readonly<Record<PartName, string>> = {
  'data_batch_1.bin': 'cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5',
  'data_batch_2.bin': 'a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed',
  'data_batch_3.bin': 'bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67',
  'data_batch_4.bin': '014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48',
  'data_batch_5.bin': '755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add',
  'test_batch.bin': '8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b',
};

export const cifar10Terms =
  'CIFAR-10, https://www.cs.toronto.edu/~kriz/cifar.html. The official page states no licence; the photos were ' +
  'collected from the web. It asks to cite: Alex Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009.';

export const cifar10Classes: readonly string[] = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
];

/** What to tell of where the parts come from. A part without a sum could not be checked. */
export function originNote(parts: readonly { name: PartName; sha256: string | undefined }[]): string {
  if (parts.some(({ sha256 }) => sha256 === undefined)) {
    return (
      'The files could not be compared with the official ones: browsers offer SHA-256 only to pages opened by https or ' +
      'on localhost.'
    );
  }
  const strangers = parts.filter(({ name, sha256 }) => sha256 !== officialSha256[name]);
  if (strangers.length === 0) return 'These are the official files (SHA-256 compared).';
  const list = strangers.map(({ name, sha256 = '' }) => `${name} (SHA-256 ${sha256.slice(0, 16)}...)`).join(', ');
  return `Not the official ${strangers.length === 1 ? 'file' : 'files'}: ${list}. Loaded all the same.`;
}
