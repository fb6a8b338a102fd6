import type { Spread } from '../../runs/statistics.ts';
import type { ColumnKind } from '../../store/compare/run-columns.ts';
import { formatBytes, formatCount, formatLoss, formatNumber, formatPercent, formatSeconds } from '../look/format.ts';

/** How the numbers of each kind of column are written. */
export const columnFormats: Readonly<Record<ColumnKind, (value: number | undefined) => string>> = {
  percent: formatPercent,
  loss: formatLoss,
  number: (value) => formatNumber(value === undefined ? undefined : Number(value.toPrecision(3))),
  seconds: formatSeconds,
  bytes: formatBytes,
  count: formatCount,
  pace: (value) => formatNumber(value === undefined ? undefined : Number(value.toPrecision(3))),
};

/** "62.5 % ± 1.2 %"; without the spread where there is none. */
export function formatSpread(spread: Spread | undefined, format: (value: number | undefined) => string): string {
  if (spread === undefined) return '';
  return spread.deviation > 0 ? `${format(spread.mean)} \u00b1 ${format(spread.deviation)}` : format(spread.mean);
}
