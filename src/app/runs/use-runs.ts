import { useDeferredValue, useMemo } from 'react';
import type { RunRecord } from '../../runs/run-record.ts';
import { runNames } from '../../store/compare/run-names.ts';
import { usePlayground } from '../playground-context.ts';

export interface PageRuns {
  readonly runs: readonly RunRecord[];
  readonly names: ReadonlyMap<string, string>;
  /** The files of those that were opened from one, by identity. */
  readonly files: ReadonlyMap<string, string>;
}

/** All runs of the page, those opened from files after the kept ones, and their names. */
export function useRuns(): PageRuns {
  // A class of files is many rows: they are made in slices, when there is time.
  const kept = useDeferredValue(usePlayground((state) => state.runs));
  const fromFiles = useDeferredValue(usePlayground((state) => state.fileRuns));
  return useMemo(() => {
    const runs = [...kept, ...fromFiles.map(({ record }) => record)];
    return { runs, names: runNames(runs), files: new Map(fromFiles.map(({ record, file }) => [record.id, file])) };
  }, [kept, fromFiles]);
}
