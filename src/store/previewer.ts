import type { Experiment } from '../experiment/experiment.ts';
import type { Preview } from '../methods/preview.ts';
import type { StepWalk } from '../methods/step-walk.ts';
import { newestInTurn } from './newest-in-turn.ts';

/** What is planned: an experiment, and how many classes its images have where they are loaded. */
export interface Planned {
  readonly experiment: Experiment;
  readonly classes: number | undefined;
}

/** Plans one experiment elsewhere; undefined where that failed. */
export type Planner = (planned: Planned) => Promise<Preview | undefined>;

/** Walks through a step of an experiment elsewhere; undefined where that failed. */
export type Walker = (planned: Planned) => Promise<StepWalk | undefined>;

/** A look into a network: so many images at once, and the output of one block. */
export interface PlannedLook {
  readonly images: number;
  readonly block: string;
}

/** Bytes that a look into an experiment's network takes while it lasts, counted elsewhere; undefined where that failed. */
export type LookPlanner = (planned: Planned, look: PlannedLook) => Promise<number | undefined>;

/** What the page asks the planning worker. */
export type PlanQuestion =
  | { readonly kind: 'preview' }
  | { readonly kind: 'walk' }
  | { readonly kind: 'look'; readonly look: PlannedLook };

export type PlanRequest = PlanQuestion & { readonly id: number; readonly planned: Planned };

export type PlanAnswer =
  | { readonly id: number; readonly kind: 'preview'; readonly preview: Preview }
  | { readonly id: number; readonly kind: 'walk'; readonly walk: StepWalk }
  | { readonly id: number; readonly kind: 'look'; readonly bytes: number };

/** A planner, a walker and a planner of looks in one worker of their own, started at the first request. */
export function createPlanner(): { readonly plan: Planner; readonly walk: Walker; readonly planLook: LookPlanner } {
  let worker: Worker | undefined;
  let nextId = 1;
  const waiting = new Map<number, (answer: PlanAnswer | undefined) => void>();
  const settle = (id: number, answer: PlanAnswer | undefined) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  };
  const ask = (question: PlanQuestion, planned: Planned) =>
    new Promise<PlanAnswer | undefined>((resolve) => {
      if (worker === undefined) {
        worker = new Worker(new URL('./preview.worker.ts', import.meta.url), { type: 'module', name: 'preview' });
        worker.onmessage = ({ data }: MessageEvent<PlanAnswer>) => settle(data.id, data);
        worker.onerror = () => {
          for (const id of [...waiting.keys()]) settle(id, undefined);
        };
      }
      const id = nextId++;
      waiting.set(id, resolve);
      worker.postMessage({ ...question, id, planned } satisfies PlanRequest);
    });
  return {
    async plan(planned) {
      const answer = await ask({ kind: 'preview' }, planned);
      return answer?.kind === 'preview' ? answer.preview : undefined;
    },
    async walk(planned) {
      const answer = await ask({ kind: 'walk' }, planned);
      return answer?.kind === 'walk' ? answer.walk : undefined;
    },
    async planLook(planned, look) {
      const answer = await ask({ kind: 'look', look }, planned);
      return answer?.kind === 'look' ? answer.bytes : undefined;
    },
  };
}

/** Keeps a preview up to date: one experiment is planned at a time, and of those asked for meanwhile only the newest. */
export const createPreviewer = (plan: Planner, onPreview: (preview: Preview, experiment: Experiment) => void) =>
  newestInTurn<Planned>(async (planned) => {
    const preview = await plan(planned);
    if (preview !== undefined) onPreview(preview, planned.experiment);
  });
