/** A file as its official page has it. */
export interface OfficialFile {
  readonly name: string;
  readonly url: string;
  readonly algorithm: 'md5' | 'sha256';
  /** Hex. */
  readonly sum: string;
}

/** What `data` can fetch, by its name on the command line. */
export interface OfficialSet {
  readonly title: string;
  readonly files: readonly OfficialFile[];
  /** Where to fetch by hand. */
  readonly page: string;
  /** The experiment that trains on it. */
  readonly preset: string;
}

const svhn = 'http://ufldl.stanford.edu/housenumbers/';

/**
 * Sums: CIFAR-10 as TensorFlow Datasets has it; SVHN, STL-10 as torchvision has them (datasets/svhn.py, prototype/datasets/svhn.py,
 * stl10.py); Tiny-ImageNet as several loaders check it.
 */
export const officialSets = {
  cifar10: {
    title: 'CIFAR-10',
    page: 'https://www.cs.toronto.edu/~kriz/cifar.html',
    preset: 'hpff-released/resnet32-k8',
    files: [
      {
        name: 'cifar-10-binary.tar.gz',
        url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
        algorithm: 'sha256',
        sum: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
      },
    ],
  },
  svhn: {
    title: 'SVHN',
    page: svhn,
    preset: 'hpff-released/resnet32-k8-svhn',
    files: [
      {
        name: 'train_32x32.mat',
        url: `${svhn}train_32x32.mat`,
        algorithm: 'sha256',
        sum: '435e94d69a87fde4fd4d7f3dd208dfc32cb6ae8af2240d066de1df7508d083b8',
      },
      {
        name: 'test_32x32.mat',
        url: `${svhn}test_32x32.mat`,
        algorithm: 'sha256',
        sum: 'cdce80dfb2a2c4c6160906d0bd7c68ec5a99d7ca4831afa54f09182025b6a75b',
      },
    ],
  },
  stl10: {
    title: 'STL-10',
    page: 'https://cs.stanford.edu/~acoates/stl10/',
    preset: 'hpff-released/resnet32-k8-stl10',
    files: [
      {
        name: 'stl10_binary.tar.gz',
        url: 'http://ai.stanford.edu/~acoates/stl10/stl10_binary.tar.gz',
        algorithm: 'md5',
        sum: '91f7769df0f17e558f3565bffb0c7dfb',
      },
    ],
  },
  'tiny-imagenet': {
    title: 'Tiny-ImageNet',
    page: 'http://cs231n.stanford.edu/',
    preset: 'hpff-released/resnet32-k8-tinyimagenet',
    files: [
      {
        name: 'tiny-imagenet-200.zip',
        url: 'http://cs231n.stanford.edu/tiny-imagenet-200.zip',
        algorithm: 'md5',
        sum: '90528d7ca1a48142e341f4ef8d21d0de',
      },
    ],
  },
} as const satisfies Readonly<Record<string, OfficialSet>>;

export type OfficialName = keyof typeof officialSets;
export const officialNames = Object.keys(officialSets) as OfficialName[];
