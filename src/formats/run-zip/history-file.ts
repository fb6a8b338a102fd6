import { inShort } from '../../base/in-short.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import {
  allSeries,
  type ColumnKey,
  type History,
  type HistoryData,
  isColumnKey,
  ofSeries,
  type Series,
} from '../../runs/history.ts';
import type { Tensor, TensorFile } from '../safetensors.ts';

/** A history as tensors of float64: `SERIES/COLUMN` [rows], NaN where nothing was measured. */
export function historyFile(history: History): TensorFile {
  const data = history.data();
  const tensors = allSeries.flatMap((series) =>
    data[series].columns.map(([key, numbers]): [string, Tensor] => [
      `${series}/${key}`,
      { shape: [numbers.length], data: numbers },
    ]),
  );
  return { tensors: new Map(tensors), metadata: {} };
}

/** Reads it back. Errors: a column that no history has, or one that is not as long as the others of its series. */
export function readHistoryFile({ tensors }: TensorFile, name: string): Result<HistoryData> {
  const found = new Map<Series, [ColumnKey, Float64Array<ArrayBuffer>][]>(allSeries.map((series) => [series, []]));
  for (const [path, { data }] of tensors) {
    const cut = path.indexOf('/');
    const columns = found.get(path.slice(0, cut) as Series);
    const key = path.slice(cut + 1);
    if (columns === undefined || !isColumnKey(key) || !(data instanceof Float64Array))
      return fail(`${name} holds ${inShort(path)}, which is no column of a history. It may be damaged or newer.`, name);
    const [first] = columns;
    if (first !== undefined && first[1].length !== data.length)
      return fail(`${name}: its columns "${first[0]}" and "${key}" are not equally long; it is damaged.`, name);
    columns.push([key, data as Float64Array<ArrayBuffer>]);
  }
  return ok(
    ofSeries((series) => {
      const columns = found.get(series) ?? [];
      return { rows: columns[0]?.[1].length ?? 0, columns };
    }),
  );
}
