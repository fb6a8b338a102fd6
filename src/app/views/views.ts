import { type ComponentType, lazy } from 'react';
import type { ViewName } from '../../store/state.ts';
import { TrainView } from './train-view.tsx';

/** A screen of the page. Only the one on show is mounted, so what is not seen costs nothing. */
export interface View {
  readonly name: ViewName;
  readonly title: string;
  /** What it is for, one sentence. */
  readonly help: string;
  /** Lazy, but for the first screen. */
  readonly Content: ComponentType;
}

/** All screens, in the order of their tabs; a new one is an entry here and a name in `ViewName`. */
export const views: readonly View[] = [
  { name: 'train', title: 'Train', help: 'Network, controls, charts and memory of the live run.', Content: TrainView },
  {
    name: 'compare',
    title: 'Runs',
    help: 'All runs side by side, sweeps, and the largest batch that fits.',
    Content: lazy(() => import('../runs/runs-view.tsx')),
  },
  {
    name: 'insight',
    title: 'Insight',
    help: 'What every module makes of an image: reconstructions, early answers, features; what the network gets wrong.',
    Content: lazy(() => import('../insight/insight-view.tsx')),
  },
  {
    name: 'lessons',
    title: 'Lessons',
    help: 'From back-propagation to HPFF in small live experiments; links for a class.',
    Content: lazy(() => import('../lessons/lessons-view.tsx')),
  },
];
