import { type Quantity, quantityOf, type SweepSeries } from '../../store/sweep/sweep-results.ts';
import { quoted } from '../charts/save/chart-files.ts';
import { formatSpread } from '../runs/column-format.ts';
import { quantities } from './quantities.ts';

/** The points of a figure of a sweep as CSV: means, and sample standard deviations beside them. */
export function sweepCsv(series: readonly SweepSeries[], x: Quantity, y: Quantity): string {
  const measured = measuredOf(x, y);
  const head = ['method', 'K', 'runs', ...measured.flatMap((quantity) => [quantity, `${quantity} deviation`])];
  const rows = series.flatMap(({ points }) =>
    points.map((point) => [
      quoted(point.method),
      point.modules,
      point.runs,
      ...measured.flatMap((quantity) => {
        const spread = quantityOf(point, quantity);
        return [spread?.mean ?? '', spread?.deviation ?? ''];
      }),
    ]),
  );
  return [head, ...rows].map((row) => `${row.join(',')}\n`).join('');
}

/** The same as JSON. */
export function sweepJson(title: string, series: readonly SweepSeries[], x: Quantity, y: Quantity): string {
  const points = series.flatMap((one) =>
    one.points.map((point) => ({
      method: point.method,
      K: point.modules,
      runs: point.runs,
      ...Object.fromEntries(measuredOf(x, y).map((quantity) => [quantity, quantityOf(point, quantity)])),
    })),
  );
  return `${JSON.stringify({ title, points }, null, 2)}\n`;
}

/** The same in words, for those who do not see it. */
export function sweepInWords(title: string, series: readonly SweepSeries[], x: Quantity, y: Quantity): string {
  const told = series.map(({ method, points }) => {
    const each = points.map((point) => {
      const values = measuredOf(x, y).map((quantity) => {
        const { title: name, format } = quantities[quantity];
        return `${name.toLowerCase()} ${formatSpread(quantityOf(point, quantity), format) || 'not measured'}`;
      });
      return `K = ${point.modules}: ${values.join(', ')}`;
    });
    return `${method}: ${each.join('; ')}.`;
  });
  return `${title}. ${told.join(' ')}`;
}

/** K is told of every point. */
const measuredOf = (x: Quantity, y: Quantity): readonly Quantity[] =>
  [x, y].filter((quantity) => quantity !== 'modules');
