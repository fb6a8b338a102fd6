import type { Experiment } from '../experiment/experiment.ts';
import type { Preview } from '../methods/preview.ts';
import { newestInTurn } from './newest-in-turn.ts';

/** What is planned: an experiment, and how many classes its images have where they are loaded. */
export interface Planned {
  readonly experiment: Experiment;
  readonly classes: number | undefined;
}

/** Plans one experiment elsewhere; undefined where that failed. */
export type Planner = (planned: Planned) => Promise<Preview | undefined>;

/** A planner in a worker of its own, started at the first request. */
export function createPlanner(): Planner {
  let worker: Worker | undefined;
  return (planned) =>
    new Promise((resolve) => {
      worker ??= new Worker(new URL('./preview.worker.ts', import.meta.url), { type: 'module', name: 'preview' });
      worker.onmessage = ({ data }: MessageEvent<Preview>) => resolve(data);
      worker.onerror = () => resolve(undefined);
      worker.postMessage(planned);
    });
}

/** Keeps a preview up to date: one experiment is planned at a time, and of those asked for meanwhile only the newest. */
export const createPreviewer = (plan: Planner, onPreview: (preview: Preview, experiment: Experiment) => void) =>
  newestInTurn<Planned>(async (planned) => {
    const preview = await plan(planned);
    if (preview !== undefined) onPreview(preview, planned.experiment);
  });
