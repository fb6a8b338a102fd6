import type { CutWord } from '../../experiment/networks.ts';
import type { SweepMethod } from '../../store/sweep/sweep-plan.ts';

/** Methods a sweep can go over. */
export const methodChoices: readonly { readonly method: SweepMethod; readonly title: string; readonly help: string }[] =
  [
    { method: 'own', title: 'as in the controls', help: 'The method that the controls show, with all its settings.' },
    { method: 'bp', title: 'BP', help: 'Back-propagation, the baseline. K means nothing to it: it is run once.' },
    { method: 'greedy', title: 'greedy', help: 'A linear head at every module.' },
    { method: 'dgl', title: 'DGL', help: 'A convolutional head at every module: independent losses only.' },
    { method: 'dgl-cascade', title: 'DGL, cascade only', help: 'The ablation\u2019s second row: wx = 0.' },
    { method: 'dgl-hilo', title: 'DGL + HiLo', help: 'Independent and cascade losses, without patches.' },
    { method: 'dgl-hpff', title: 'DGL + HPFF', help: 'HiLo and PFF on DGL, paper form.' },
    { method: 'infopro', title: 'InfoPro', help: 'Head and reconstruction at every module, cross-entropy.' },
    { method: 'infopro-contrast', title: 'InfoPro (contrast)', help: 'With the supervised contrastive loss.' },
    {
      method: 'hpff-released',
      title: 'InfoPro + HPFF (released)',
      help: 'As in the released code: patches for decoders.',
    },
    { method: 'hpff-paper', title: 'InfoPro + HPFF', help: 'As in the paper: patches for heads and decoders.' },
  ];

/** Cuts a sweep can go over. */
export const cutChoices: readonly { readonly cuts: CutWord; readonly title: string }[] = [
  { cuts: 'k1', title: '1' },
  { cuts: 'k2', title: '2' },
  { cuts: 'k3', title: '3' },
  { cuts: 'k4', title: '4' },
  { cuts: 'k8', title: '8' },
  { cuts: 'all', title: 'every block' },
];
