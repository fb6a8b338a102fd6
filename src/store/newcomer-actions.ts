import { firstComparison } from '../experiment/first-comparison.ts';
import { edit } from './edit.ts';
import type { QueueActions } from './queue-actions.ts';
import type { Shared } from './shared.ts';
import { runningEntry } from './sweep/queue.ts';

export interface NewcomerActions {
  /** Trains HPFF and then back-propagation on one small network, side by side on the screen of runs. A live run that trains is paused. */
  compareWithBp(): void;
}

const group = 'HPFF beside back-propagation';

/** What a newcomer can see in a click. */
export function createNewcomerActions(
  { client, get, set }: Shared,
  { addToQueue, startQueue }: Pick<QueueActions, 'addToQueue' | 'startQueue'>,
): NewcomerActions {
  // A run of the comparison stays on the charts when the next one has taken its place.
  client.subscribe(() => {
    const { run, compared } = get();
    if (run?.record.group === group && !compared.includes(run.id)) set({ compared: [...compared, run.id] });
  });
  return {
    compareWithBp() {
      const bp = edit(firstComparison, { method: 'bp' });
      if (!bp.ok) throw new Error(bp.error.message);
      set({ view: 'compare' });
      addToQueue([
        { title: 'HPFF, every block a module', group, experiment: firstComparison },
        { title: 'The same with back-propagation', group, experiment: bp.value.experiment },
      ]);
      // Where a run trains, or the queue was held, it has not begun by itself.
      if (runningEntry(get().queue) === undefined) startQueue();
    },
  };
}
