import { type Line, longLabel } from './line.ts';
import { type Better, statisticsOf } from './statistics.ts';

/** More lines are summed up, not read out. */
const mostTold = 8;

/** A chart in words, for those who do not see it: what it covers, and trend, last and best of each line. */
export function summaryOf(
  title: string,
  lines: readonly Line[],
  better: Better,
  format: (value: number) => string,
  covered: string,
): string {
  const measured = lines.flatMap((line) => {
    const statistics = line.ghost ? undefined : statisticsOf(line, better);
    return statistics === undefined ? [] : [{ line, statistics }];
  });
  if (measured.length === 0) return `${title}: no measurements yet.`;
  const told = spread(measured, mostTold).map(({ line, statistics: { last, best, trend } }) => {
    const parts = [`last ${format(last)}`, ...(best === undefined ? [] : [`best ${format(best)}`])];
    return `${longLabel(line, lines)} ${trend === undefined ? '' : `${trend}, `}${parts.join(', ')}`;
  });
  const left = measured.length - told.length;
  const more = left > 0 ? ` ${left} more lines are in the table.` : '';
  return `${title}, ${covered}. ${told.join('. ')}.${more}`;
}

/** At most `most` of a list, evenly spread, first and last among them. */
export function spread<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  return Array.from(
    { length: most },
    (_, place) => items[Math.round((place * (items.length - 1)) / Math.max(1, most - 1))] as Item,
  );
}
