import type { Quantity } from '../../store/sweep/sweep-results.ts';
import {
  formatBytes,
  formatCount,
  formatNumber,
  formatPercent,
  formatRoundBytes,
  formatRoundCount,
  formatRoundPercent,
} from '../look/format.ts';

/** How a quantity is called and written. */
interface Look {
  readonly title: string;
  /** Of the axis; empty where the words, the count or the ticks say it. */
  readonly unit: string;
  readonly format: (value: number | undefined) => string;
  readonly formatTick: (value: number) => string;
}

export const quantities: Readonly<Record<Quantity, Look>> = {
  modules: { title: 'K', unit: '', format: formatNumber, formatTick: formatNumber },
  error: { title: 'Test error', unit: '%', format: formatPercent, formatTick: formatRoundPercent },
  memory: { title: 'Memory', unit: '', format: formatBytes, formatTick: formatRoundBytes },
  arithmetic: { title: 'Multiply-adds per image', unit: '', format: formatCount, formatTick: formatRoundCount },
};
