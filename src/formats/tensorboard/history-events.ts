import {
  allSeries,
  type ColumnKey,
  columnKey,
  commonColumns,
  gradientColumns,
  type History,
  moduleColumns,
} from '../../runs/history.ts';
import { type ScalarEvent, writeEventFile } from './event-file.ts';

/** Columns that say when a row was measured, and are no curves. */
const positions: readonly ColumnKey[] = ['step', 'seconds'];

/**
 * The measurements of a run as a TensorBoard event file: tags such as `test/final.accuracy` and `train/block_2.0/probe.accuracy`.
 *
 * @param created when the run was made, ISO 8601; a measurement's time is that plus its seconds of training
 */
export function historyEvents(history: History, created: string): Uint8Array<ArrayBuffer> {
  const began = Date.parse(created) / 1000;
  const events: ScalarEvent[] = [];
  for (const series of allSeries) {
    const measured = history[series];
    const tagged = tags(measured.blocks).flatMap(([key, tag]) => {
      const column = measured.read(key);
      return column === undefined ? [] : [{ tag: `${series}/${tag}`, column }];
    });
    for (let row = 0; row < measured.length; row++) {
      const scalars = tagged
        .map(({ tag, column }) => [tag, column[row] as number] as const)
        .filter(([, value]) => !Number.isNaN(value));
      const at = (key: 'step' | 'seconds') => measured.read(key)?.[row] ?? 0;
      events.push({ time: began + at('seconds'), step: at('step'), scalars });
    }
  }
  events.sort((one, other) => one.step - other.step);
  return writeEventFile(events, began);
}

const tags = (blocks: readonly string[]): (readonly [ColumnKey, string])[] => [
  ...commonColumns.filter((key) => !positions.includes(key)).map((key) => [key, key] as const),
  ...blocks.flatMap((block) =>
    [...moduleColumns, ...gradientColumns].map(
      (column) => [columnKey(block, column), `block_${block}/${column}`] as const,
    ),
  ),
];
