/** Numbers as people read them, with units; the dash stands for what is not known. */
export const unknown = '\u2013';

/** Bytes in decimal units, three figures: 17.4 MB. */
export const formatBytes = (bytes: number | undefined): string => inUnits(bytes, ['B', 'kB', 'MB', 'GB', 'TB']);

/** Bytes on an axis, where places are round: 8 MB. */
export const formatRoundBytes = (bytes: number): string => round(formatBytes(bytes));

/** A count in powers of a thousand: 1.44 G. */
export const formatCount = (count: number | undefined): string =>
  inUnits(count, ['', 'k', 'M', 'G', 'T', 'P']).trimEnd();

/** A count on an axis: 4 M. */
export const formatRoundCount = (count: number): string => round(formatCount(count));

/** Without zeros at the end of the fraction. */
const round = (text: string): string => text.replace(/\.0+(?=\D|$)|(\.\d*?)0+(?=\D|$)/, '$1');

function inUnits(value: number | undefined, units: readonly string[]): string {
  if (value === undefined || !Number.isFinite(value)) return unknown;
  let scaled = value;
  let unit = 0;
  while (Math.abs(scaled) >= 999.5 && unit < units.length - 1) {
    scaled /= 1000;
    unit++;
  }
  return `${unit === 0 ? Math.round(scaled) : figures(scaled)}\u00a0${units[unit]}`;
}

/** Three figures, no exponent. */
const figures = (value: number): string => {
  const size = Math.abs(value);
  return value.toFixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
};

/** A length of time: 38 ms, 4.20 s, 3 min 05 s, 2 h 10 min, 3 d 4 h. */
export function formatSeconds(seconds: number | undefined): string {
  if (seconds === undefined || !Number.isFinite(seconds)) return unknown;
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)}\u00a0ms`;
  if (seconds < 59.95) return `${figures(seconds)}\u00a0s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)}\u00a0min ${pad(whole % 60)}\u00a0s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)}\u00a0h ${pad(minutes % 60)}\u00a0min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)}\u00a0d ${hours % 24}\u00a0h`;
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** A share as percent with one decimal: 62.5 %. */
export const formatPercent = (share: number | undefined): string =>
  share === undefined || !Number.isFinite(share) ? unknown : `${(share * 100).toFixed(1)}\u00a0%`;

/** A share on an axis: 25 %, 0.5 %. */
export const formatRoundPercent = (share: number): string => `${Number((share * 100).toPrecision(3))}\u00a0%`;

/** A loss, with as many places as tell two apart: 2.200, 0.0871. */
export const formatLoss = (loss: number | undefined): string =>
  loss !== undefined && Math.abs(loss) >= 0.1 && Math.abs(loss) < 1000 ? loss.toFixed(3) : formatNumber(loss);

/** Any measured number, four figures, no noise. */
export function formatNumber(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return unknown;
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 10_000) return formatCount(value);
  return String(Number(value.toPrecision(4)));
}

/** A whole number with its thousands parted: 50,000. */
export const formatWhole = (value: number): string => wholeNumbers.format(value);

// Made once: charts format thousands of ticks.
const wholeNumbers = new Intl.NumberFormat('en-US');

/** How many times one number is another: 1.44x. */
export const formatTimes = (value: number): string => `${value.toFixed(2)}\u00d7`;
