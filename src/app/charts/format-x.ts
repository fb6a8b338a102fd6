import type { XAxis } from '../../store/chart-view.ts';
import { formatNumber, formatSeconds, formatWhole } from '../look/format.ts';

export const xTitles: Readonly<Record<XAxis, string>> = { step: 'step', epoch: 'epoch', seconds: 'time' };

/** A place on the horizontal axis in its own unit. */
export function formatX(axis: XAxis, value: number): string {
  if (axis === 'step') return formatWhole(value);
  return axis === 'epoch' ? formatNumber(Number(value.toFixed(2))) : value === 0 ? '0' : formatSeconds(value);
}
