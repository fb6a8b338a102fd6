import type { Experiment } from '../experiment/experiment.ts';
import type { Planner } from './previewer.ts';
import type { Shared } from './shared.ts';
import { dataOf } from './state.ts';
import { type LargestBatch, largestBatch } from './sweep/largest-batch.ts';
import { planSweep, type SweepMethod } from './sweep/sweep-plan.ts';

/** The search for the largest batch that fits under every method; it goes on while another screen is on show. */
export interface BatchSearch {
  /** Memory budget in MB (1e6 bytes), as it is typed. */
  readonly megabytes: number;
  /** What was searched for last; undefined before the first search. */
  readonly of: { readonly experiment: Experiment; readonly megabytes: number } | undefined;
  readonly found: ReadonlyMap<SweepMethod, LargestBatch>;
  /** The method under way. */
  readonly searching: SweepMethod | undefined;
}

export const startingBatchSearch: BatchSearch = {
  megabytes: 512,
  of: undefined,
  found: new Map(),
  searching: undefined,
};

export interface BatchActions {
  setBatchBudget(megabytes: number): void;
  /** Searches under each of the methods, one after the other, for the experiment in the controls. */
  searchLargestBatch(methods: readonly SweepMethod[]): Promise<void>;
  cancelBatchSearch(): void;
}

/** The largest batch, from plans alone: nothing runs. */
export function createBatchActions({ get, set }: Shared, planAside: Planner): BatchActions {
  let search = 0;
  const update = (change: Partial<BatchSearch>) =>
    set(({ batchSearch }) => ({ batchSearch: { ...batchSearch, ...change } }));
  return {
    setBatchBudget: (megabytes) => update({ megabytes }),
    async searchLargestBatch(methods) {
      const mine = ++search;
      const cancelled = () => search !== mine;
      const { experiment } = get();
      const { megabytes } = get().batchSearch;
      update({ of: { experiment, megabytes }, found: new Map() });
      for (const method of methods) {
        const [member] = planSweep(experiment, { methods: [method], cuts: [], seeds: 1 }).members;
        if (member === undefined) continue;
        update({ searching: method });
        const peakOf = async (batch: number) => {
          const tried: Experiment = { ...member.experiment, batch, trainSize: 'all' };
          return (await planAside({ experiment: tried, classes: dataOf(get(), tried)?.classNames.length }))?.peakBytes;
        };
        const answer = await largestBatch(megabytes * 1e6, peakOf, cancelled);
        if (cancelled()) return;
        update({ found: new Map(get().batchSearch.found).set(method, answer) });
      }
      update({ searching: undefined });
    },
    cancelBatchSearch() {
      search++;
      update({ searching: undefined });
    },
  };
}
