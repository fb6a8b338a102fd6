import { dataNames, largestTrained, resolutions } from './data-sets.ts';
import type { FieldName } from './experiment.ts';

/**
 * What a change does while a run is going: `now` from the next step on; `rebuilds` builds the step anew and keeps the weights
 * that still fit; `restarts` needs a new run.
 */
export type Effect = 'now' | 'rebuilds' | 'restarts';

export interface Field {
  readonly title: string;
  /** Symbol in the paper, where it has one. */
  readonly symbol?: string;
  readonly unit?: string;
  /** Accepted values, in words. */
  readonly range: string;
  readonly effect: Effect;
  /** What it does, in one or two sentences. */
  readonly help: string;
  /** What it stands for in a formula, where it has one. */
  readonly formula?: string;
  /** The paper, and its section where one is about it. */
  readonly source?: string;
}

const papers = {
  hpff: 'HPFF (Su et al., ECCV 2024)',
  infopro: 'InfoPro (Wang et al., ICLR 2021)',
  dgl: 'DGL (Belilovsky et al., ICML 2020)',
  greedy: 'Greedy layerwise learning (Belilovsky et al., ICML 2019)',
  contrast: 'Supervised contrastive learning (Khosla et al., NeurIPS 2020)',
  resnet: 'Deep residual learning (He et al., CVPR 2016), section 4.2',
  normalisation: 'Batch normalisation (Ioffe and Szegedy, ICML 2015), section 3.1',
  decay: 'A simple weight decay can improve generalization (Krogh and Hertz, NIPS 1991)',
  warmup: 'Accurate, large minibatch SGD (Goyal et al., 2017), section 2.2',
  nesterov: 'On the importance of initialization and momentum (Sutskever et al., ICML 2013), section 2',
  cosine: 'SGDR (Loshchilov and Hutter, ICLR 2017), section 3',
  probes: 'Linear classifier probes (Alain and Bengio, 2016)',
} as const;

export const fields: Readonly<Record<FieldName, Field>> = {
  network: {
    title: 'Network',
    range: 'resnet8, resnet14, resnet20, resnet32, resnet44, resnet56 or resnet110',
    effect: 'rebuilds',
    help: 'CIFAR ResNet-(6n+2): a stem, three stages of n basic blocks, and a head.',
    formula: '6n + 2 layers: 1 + 3 · 2n convolutions and 1 linear layer',
    source: papers.resnet,
  },
  widths: {
    title: 'Widths',
    unit: 'channels',
    range: 'four whole numbers, 1 to 512: stem and three stages',
    effect: 'rebuilds',
    help: 'Channels of the stem and of the three stages; 16, 16, 32, 64 in the papers.',
    source: papers.resnet,
  },
  cuts: {
    title: 'Cuts',
    symbol: 'K',
    range:
      'k1, k2, k3, k4, k8, k16, k32, all, or a list of last blocks such as [[1,0],[3,0]]; [0,0] cuts after the stem',
    effect: 'rebuilds',
    help: 'Where the network is cut into K local modules. Gradients stop at module borders. Under back-propagation they only place the probes.',
    formula: 'E₀ … E_{K−1};  hᵢ = Eᵢ(hᵢ₋₁)',
    source: `${papers.infopro}, section 1 and figure 1 (b)`,
  },
  method: {
    title: 'Method',
    range: 'bp, greedy, dgl or infopro',
    effect: 'rebuilds',
    help: 'Host method: back-propagation, greedy (linear heads), DGL (convolutional heads), InfoPro (heads and reconstruction).',
    formula: 'local loss of module i: Lᵢ(hᵢ), gradient stopped at hᵢ₋₁',
    source: `${papers.greedy}, section 3; ${papers.dgl}, algorithm 1; ${papers.infopro}, section 3`,
  },
  hilo: {
    title: 'HiLo',
    range: 'true or false',
    effect: 'rebuilds',
    help: 'Hierarchical local modules: every module learns from a loss of its own and from one of the cascade with its neighbour.',
    formula: 'Lᵢ = wx · independentᵢ(hᵢ) + wy · cascadeᵢ(hᵢ)',
    source: `${papers.hpff}, section 3.2`,
  },
  window: {
    title: 'Window',
    symbol: 'w',
    unit: 'modules',
    range: 'whole number, 1 to the number of modules',
    effect: 'rebuilds',
    help: 'How many modules the gradient of a cascade loss reaches (of every loss, without HiLo). 1 is isolation, 2 is HPFF, K with a loss at every module is deep supervision.',
    formula: 'the gradient of a loss at hᵢ reaches modules max(0, i − w + 1) … i',
    source: `${papers.hpff}, section 3.2, for w = 2`,
  },
  wx: {
    title: 'Independent weight',
    symbol: 'wx',
    range: '0 to 100',
    effect: 'now',
    help: 'Weight of the independent loss of each module under HiLo; 0.001 in the released code.',
    formula: 'Lᵢ = wx · independentᵢ(hᵢ) + wy · cascadeᵢ(hᵢ)',
    source: `${papers.hpff}, section 3.2`,
  },
  wy: {
    title: 'Cascade weight',
    symbol: 'wy',
    range: '0 to 100',
    effect: 'now',
    help: 'Weight of the cascade loss of each pair of modules under HiLo; 0.999 in the released code.',
    formula: 'Lᵢ = wx · independentᵢ(hᵢ) + wy · cascadeᵢ(hᵢ)',
    source: `${papers.hpff}, section 3.2`,
  },
  firstIndependent: {
    title: 'First module independent',
    range: 'true or false',
    effect: 'rebuilds',
    help: 'Whether module 0 has an independent loss under HiLo: in the paper it has, in the released code not.',
    formula: 'L₀ = wx · independent₀(h₀), or none',
    source: `${papers.hpff}, section 3.2`,
  },
  pff: {
    title: 'Patches (PFF)',
    range: 'none, released or paper',
    effect: 'rebuilds',
    help: 'Patch feature fusion. Released: one decoder of its own for each patch, losses summed. Paper: one shared auxiliary network on every patch, outputs averaged.',
    formula: 'released: Σ over patches of BCE(decoderₚ(hₚ), imageₚ); paper: loss of the mean over patches of aux(hₚ)',
    source: `${papers.hpff}, section 3.3`,
  },
  patches: {
    title: 'Patch grid',
    symbol: 'n',
    range: 'whole number, 1 to 8; the grid is n x n',
    effect: 'rebuilds',
    help: 'The features of a module are cut into an n x n grid of patches before its auxiliary network; 2 in the papers.',
    formula: 'patch (r, c): rows r · ⌊H/n⌋ …, columns c · ⌊W/n⌋ …',
    source: `${papers.hpff}, section 3.3`,
  },
  patchesAtOnce: {
    title: 'Patches at once',
    symbol: 'p',
    range: 'all, or a divisor of n x n',
    effect: 'rebuilds',
    help: 'How many patches go through an auxiliary network together. Fewer hold less memory; the result is the same.',
  },
  aux: {
    title: 'Auxiliary head',
    range: 'NcMf with N 0 to 2 and M 1 to 3, such as 1c2f',
    effect: 'rebuilds',
    help: 'Classifier head of each module: N convolutions, global average pool, M linear layers.',
    formula: 'N convolutions 3×3 with batch normalisation and ReLU, global average pool, M linear layers',
    source: `${papers.greedy}, section 3; ${papers.infopro}, section 3`,
  },
  auxDim: {
    title: 'Head width',
    unit: 'units',
    range: 'whole number, 1 to 1024',
    effect: 'rebuilds',
    help: 'Width of the hidden linear layers of a head, and of the features of the contrastive loss; 128 in the papers.',
  },
  widen: {
    title: 'Widen',
    range: '0.25 to 8',
    effect: 'rebuilds',
    help: 'Factor on the widths of the auxiliary networks.',
  },
  localLoss: {
    title: 'Local loss',
    range: 'cross_entropy or contrast',
    effect: 'rebuilds',
    help: 'Task loss of the auxiliary heads: softmax cross-entropy, or the supervised contrastive loss at temperature 0.07.',
    formula: 'contrast: −1/|P(a)| · Σ over p in P(a) of [ s(a,p) − log Σ over q ≠ a of exp s(a,q) ], s = f·fᵀ / 0.07',
    source: `${papers.infopro}, section 3; ${papers.contrast}, section 3.2`,
  },
  decoderHidden: {
    title: 'Decoder width',
    unit: 'channels',
    range: 'whole number, 1 to 128',
    effect: 'rebuilds',
    help: 'Hidden channels of a decoder (times widen); 12 in the released code.',
    formula: 'z = conv 3×3 (ReLU(BN(conv 3×3 (h)))), loss = BCE(sigmoid(z), image)',
    source: `${papers.infopro}, section 3`,
  },
  ixx: {
    title: 'Reconstruction weight',
    symbol: 'ixx',
    range: 'two numbers, 0 to 100: at the first and at the last auxiliary network',
    effect: 'now',
    help: 'Weight of the reconstruction loss of InfoPro, linear from the first module with an auxiliary network to the last.',
    formula: 'Lᵢ = aᵢ · reconstructionᵢ + bᵢ · taskᵢ, aᵢ linear from ixx₁ at i = 0 to ixx₂ at i = K − 2',
    source: `${papers.infopro}, section 3`,
  },
  ixy: {
    title: 'Task weight',
    symbol: 'ixy',
    range: 'two numbers, 0 to 100: at the first and at the last auxiliary network',
    effect: 'now',
    help: 'Weight of the task loss of InfoPro, linear from the first module with an auxiliary network to the last.',
    formula: 'Lᵢ = aᵢ · reconstructionᵢ + bᵢ · taskᵢ, bᵢ linear from ixy₁ at i = 0 to ixy₂ at i = K − 2',
    source: `${papers.infopro}, section 3`,
  },
  bn: {
    title: 'Running statistics',
    range: 'once or released',
    effect: 'rebuilds',
    help: 'Whether running statistics move once a step, or as often as the released HPFF code forwards each module (only with HiLo, window 2, at least two modules and no first independent loss).',
    formula: 'r ← (1 − m) r + m s, m = 0.1 once, 1 − 0.9ᵗ for t times a step',
    source: papers.normalisation,
  },
  batch: {
    title: 'Batch size',
    symbol: 'B',
    unit: 'images',
    range: 'whole number, 1 to 4096, at most the training images',
    effect: 'rebuilds',
    help: 'Images in one step. Activation memory is proportional to it.',
  },
  learningRate: {
    title: 'Learning rate',
    symbol: 'lr',
    range: '0 to 10',
    effect: 'now',
    help: 'Highest learning rate of the schedule.',
    formula: 'p ← p − lr · (g + m v)',
    source: papers.nesterov,
  },
  momentum: {
    title: 'Momentum',
    symbol: 'm',
    range: '0 to 0.9999',
    effect: 'now',
    help: 'Momentum of SGD: v = m v + g.',
    formula: 'v ← m v + g',
    source: papers.nesterov,
  },
  nesterov: {
    title: 'Nesterov',
    range: 'true or false',
    effect: 'rebuilds',
    help: "Nesterov's momentum: the step is g + m v instead of v.",
    formula: 'p ← p − lr · (g + m v), without: p ← p − lr · v',
    source: papers.nesterov,
  },
  weightDecay: {
    title: 'Weight decay',
    range: '0 to 1',
    effect: 'now',
    help: 'Added to the gradient of every parameter: g + wd p.',
    formula: 'g ← ∂L/∂p + wd · p',
    source: papers.decay,
  },
  schedule: {
    title: 'Schedule',
    range: 'constant, steps, cosine-step or cosine-epoch',
    effect: 'now',
    help: 'Learning rate over time. cosine-step: cosine by step after a linear warm-up over the first 5 %. cosine-epoch: as released, by epoch. steps: a tenth after 1/2 and again after 3/4.',
    formula: 'cosine: lrₑ = ½ lr (1 + cos(π e / E))',
    source: papers.cosine,
  },
  warmup: {
    title: 'Warm-up',
    symbol: 'W',
    unit: 'epochs',
    range: 'whole number, 0 to 100; counts for cosine-epoch, at most a tenth of the epochs',
    effect: 'now',
    help: 'Epochs over which cosine-epoch raises the learning rate from 0.01.',
    formula: 'lrₑ · (e − 1)/W + 0.01 · (W + 1 − e)/W, for e ≤ W',
    source: papers.warmup,
  },
  epochs: {
    title: 'Epochs',
    symbol: 'E',
    unit: 'epochs',
    range: 'whole number, 1 to 10000',
    effect: 'now',
    help: 'Length of the schedule and of the run.',
  },
  seed: {
    title: 'Seed',
    range: 'whole number, 0 to 2147483647',
    effect: 'restarts',
    help: 'Fixes initial weights, subset, order, crops and flips. One seed gives one backbone under every method and cut.',
  },
  data: {
    title: 'Data set',
    range: `${dataNames.slice(0, -1).join(', ')} or ${dataNames.at(-1)}`,
    effect: 'restarts',
    help: 'The built-in set of drawn shapes, a set from its official files or a hub, or images of your own.',
  },
  resolution: {
    title: 'Resolution',
    unit: 'pixels',
    range: `${resolutions.slice(0, -1).join(', ')} or ${resolutions.at(-1)}; training up to ${largestTrained}, the rest for plans only`,
    effect: 'restarts',
    help: 'Side of the images the network sees; images of another size are resized when they are read. Memory and arithmetic grow with its square.',
  },
  trainSize: {
    title: 'Training images',
    unit: 'images',
    range: 'all, or a whole number from 10',
    effect: 'restarts',
    help: 'Size of the seeded, stratified subset to train on.',
  },
  testSize: {
    title: 'Test images',
    unit: 'images',
    range: 'all, or a whole number from 10',
    effect: 'restarts',
    help: 'Size of the seeded, stratified subset to test on.',
  },
  validation: {
    title: 'Validation part',
    range: '0 (none) to 0.5, a share of the training images',
    effect: 'restarts',
    help: 'Share of the training images, seeded and stratified, that is held out and measured beside the test part, so that the best epoch can be chosen without looking at the test part. Not trained on.',
  },
  evaluateEvery: {
    title: 'Evaluate every',
    unit: 'epochs',
    range: 'whole number, 0 (only at the end) to 10000',
    effect: 'now',
    help: 'How often the whole test part is measured.',
  },
  augment: {
    title: 'Augmentation',
    range: 'true or false',
    effect: 'now',
    help: 'Random crops and flips of the training images, as each data set is trained in the papers.',
    source: papers.resnet,
  },
  probes: {
    title: 'Probes',
    range: 'true or false',
    effect: 'rebuilds',
    help: 'A linear classifier on the pooled output of every module, trained beside it with its gradient stopped, so that accuracy means the same under every method. Never counts in memory or time of a method.',
    formula: 'softmax(W · mean over pixels of hᵢ + b), gradient stopped at hᵢ',
    source: papers.probes,
  },
};

export const fieldNames = Object.keys(fields) as FieldName[];
