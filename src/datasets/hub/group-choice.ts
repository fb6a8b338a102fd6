import { permutation, randomStream } from '../../base/random.ts';
import type { RowGroupInfo } from './parquet-table.ts';

/**
 * Row groups to fetch for a subset of at least `size` rows, ascending by index. Groups that hold the same labels form a stratum, each
 * stratum gives its share of the rows and at least one group, so that sets sorted by class keep their classes; within one the
 * choice is random, seeded. `groups` are those of all files of a part, in order.
 */
export function chooseGroups(
  groups: readonly Pick<RowGroupInfo, 'rows' | 'labels'>[],
  size: number | 'all',
  seed: number,
): number[] {
  const total = groups.reduce((sum, { rows }) => sum + rows, 0);
  const filled = groups.flatMap(({ rows }, index) => (rows > 0 ? [index] : []));
  if (size === 'all' || size >= total) return filled;
  const strata = new Map<string, number[]>();
  const order = permutation(filled.length, randomStream(seed, 'row-groups'));
  for (const place of order) {
    const index = filled[place] as number;
    const key = groups[index]?.labels?.join() ?? '';
    const stratum = strata.get(key);
    if (stratum === undefined) strata.set(key, [index]);
    else stratum.push(index);
  }
  const rowsOf = (index: number): number => groups[index]?.rows ?? 0;
  const chosen: number[] = [];
  for (const stratum of strata.values()) {
    const wanted = (size * stratum.reduce((sum, index) => sum + rowsOf(index), 0)) / total;
    let have = 0;
    for (const index of stratum) {
      if (have >= wanted) break;
      chosen.push(index);
      have += rowsOf(index);
    }
  }
  return chosen.sort((a, b) => a - b);
}
