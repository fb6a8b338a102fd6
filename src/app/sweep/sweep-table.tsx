import { type Quantity, quantityOf, type SweepSeries } from '../../store/sweep/sweep-results.ts';
import { formatSpread } from '../runs/column-format.ts';
import { quantities } from './quantities.ts';

/** The points of a sweep's figure as a table. */
export function SweepTable({
  title,
  series,
  x,
  y,
}: {
  readonly title: string;
  readonly series: readonly SweepSeries[];
  readonly x: Quantity;
  readonly y: Quantity;
}) {
  const shown = ([x, y] as const).filter((quantity) => quantity !== 'modules');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll plot" aria-label={`${title}, table`} tabIndex={0}>
      <table className="data-table">
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col" className="text">
              Method
            </th>
            <th scope="col">K</th>
            <th scope="col">Runs</th>
            {shown.map((quantity) => (
              <th key={quantity} scope="col">
                {quantities[quantity].title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {series.flatMap(({ points }) =>
            points.map((point) => (
              <tr key={`${point.method} ${point.modules}`}>
                <th scope="row" className="text">
                  {point.method}
                </th>
                <td>{point.modules}</td>
                <td>{point.runs}</td>
                {shown.map((quantity) => (
                  <td key={quantity}>{formatSpread(quantityOf(point, quantity), quantities[quantity].format)}</td>
                ))}
              </tr>
            )),
          )}
        </tbody>
      </table>
    </section>
  );
}
