import type { StoreApi } from 'zustand/vanilla';
import type { Experiment } from '../experiment/experiment.ts';
import { newestInTurn } from './newest-in-turn.ts';
import type { Walker } from './previewer.ts';
import { dataOf, type PlaygroundState } from './state.ts';

export interface WalkActions {
  /** Opens or closes the walk through one step; while it is open it follows the experiment. */
  showWalk(shown: boolean): void;
}

/** One step in slow motion: walked elsewhere, and only while somebody looks. */
export function createWalkActions(store: StoreApi<PlaygroundState>, walk: Walker): WalkActions {
  const request = newestInTurn<Experiment>(async (experiment) => {
    const classes = dataOf(store.getState(), experiment)?.classNames.length;
    const steps = await walk({ experiment, classes });
    if (store.getState().walk !== undefined && steps !== undefined) store.setState({ walk: { of: experiment, steps } });
  });
  store.subscribe(({ walk: shown, experiment }, before) => {
    if (shown !== undefined && experiment !== before.experiment) request(experiment);
  });
  return {
    showWalk(shown) {
      store.setState({ walk: shown ? { of: undefined, steps: undefined } : undefined });
      if (shown) request(store.getState().experiment);
    },
  };
}
