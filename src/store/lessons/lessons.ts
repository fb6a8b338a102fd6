import type { Experiment } from '../../experiment/experiment.ts';
import { startingExperiment } from '../../experiment/presets.ts';
import type { LessonName } from './lesson-names.ts';

/** One step of a lesson: an experiment that runs in the page, and one thing to notice in it. */
export interface LessonStep {
  /** Stable: results are kept by it. */
  readonly name: string;
  readonly title: string;
  readonly experiment: Experiment;
  /** What it is, a few sentences. */
  readonly words: string;
  /** The one thing to notice. */
  readonly notice: string;
  /** Where to look. */
  readonly look: 'charts' | 'strip' | 'slow-motion' | 'insight';
}

export interface Lesson {
  readonly name: LessonName;
  readonly title: string;
  readonly words: string;
  readonly steps: readonly LessonStep[];
}

/** Deep and narrow, on few built-in images: every step of the lesson trains in well under a minute on WebAssembly. */
const small: Experiment = {
  ...startingExperiment,
  network: 'resnet32',
  widths: [6, 6, 12, 16],
  batch: 16,
  trainSize: 320,
  testSize: 200,
  epochs: 2,
  schedule: 'cosine-step',
  learningRate: 0.05,
  auxDim: 32,
  decoderHidden: 6,
  method: 'bp',
  cuts: 'k1',
  hilo: false,
  window: 1,
  pff: 'none',
  bn: 'once',
  ixx: [1, 1],
  ixy: [1, 1],
};

const every: Experiment = { ...small, method: 'dgl', cuts: 'all', aux: '1c2f' };
const hilo: Experiment = { ...every, hilo: true, window: 2 };
const hpff: Experiment = { ...hilo, method: 'infopro', pff: 'released', patchesAtOnce: 1 };

export const lessons: Readonly<Record<LessonName, Lesson>> = {
  'from-bp-to-hpff': {
    name: 'from-bp-to-hpff',
    title: 'From back-propagation to HPFF',
    words:
      'Six small experiments on one narrow ResNet-32 and the built-in images. Each changes one thing. After each, note memory, arithmetic and accuracy under What you found.',
    steps: [
      {
        name: 'bp',
        title: 'Back-propagation holds everything',
        experiment: small,
        words:
          'One loss at the head. Its gradient goes back through every block, so what each block made must be kept until the way back reaches it.',
        notice:
          'In slow motion, all that the way forward made is held until the loss is known, and falls only on the way back.',
        look: 'slow-motion',
      },
      {
        name: 'greedy',
        title: 'K = 15: every block learns alone',
        experiment: { ...every, method: 'greedy', aux: '0c1f' },
        words:
          'Cut behind every block. Each module has a linear classifier of its own and hears nothing of the others: gradients stop at its border.',
        notice:
          'Memory is a fraction of back-propagation. Is the head at the end any better than the module in the middle?',
        look: 'charts',
      },
      {
        name: 'dgl',
        title: 'Better heads: DGL',
        experiment: every,
        words:
          'The same cuts with a convolution and two layers in each auxiliary network. The modules learn features that serve more than a linear answer.',
        notice:
          'The auxiliary networks cost arithmetic of their own: compare the second bar of each module with the step before.',
        look: 'strip',
      },
      {
        name: 'hilo',
        title: 'HiLo: neighbours hear each other',
        experiment: hilo,
        words:
          'Every module keeps a loss of its own, and every pair of neighbours shares a cascade loss whose gradient crosses the border between them.',
        notice:
          'In slow motion, gradients now cross one border, through inputs only. Two modules are held at once instead of one.',
        look: 'slow-motion',
      },
      {
        name: 'hpff',
        title: 'PFF: patch by patch, and HPFF is whole',
        experiment: hpff,
        words:
          'Each cascade also reconstructs the image, in four patches with a small decoder each, one after the other: each is freed before the next begins. All four at once would add more than twice as much memory. This is HPFF.',
        notice: 'Early modules still know the picture; look at their reconstructions, patch by patch.',
        look: 'insight',
      },
      {
        name: 'few',
        title: 'Where it does not pay: K = 3',
        experiment: { ...hpff, cuts: 'k3' },
        words:
          'The same method cut only twice. Two of three modules are held at once, and the auxiliary networks come on top.',
        notice:
          'Memory is about that of back-propagation, arithmetic is more. Drag a border in the strip: which cut helps most?',
        look: 'strip',
      },
    ],
  },
};
