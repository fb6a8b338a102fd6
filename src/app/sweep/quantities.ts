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
  readonly format: (value: number | undefined) => string;
  readonly formatTick: (value: number) => string;
}

export const quantities: Readonly<Record<Quantity, Look>> = {
  modules: { title: 'K', format: formatNumber, formatTick: formatNumber },
  error: { title: 'Test error', format: formatPercent, formatTick: formatRoundPercent },
  memory: { title: 'Memory', format: formatBytes, formatTick: formatRoundBytes },
  arithmetic: { title: 'Multiply-adds per image', format: formatCount, formatTick: formatRoundCount },
};
