import type { Detail } from '../../base/result.ts';

/** Items that are shown without being asked for. */
const few = 3;

/** Lists that belong to a problem: of each the first few, the others behind "Show all". */
export function ProblemDetails({ details }: { readonly details: readonly Detail[] }) {
  return details.map(({ summary, items }) => (
    <section key={summary} className="problem-details" aria-label={summary}>
      <p>{summary}:</p>
      <Items items={items.slice(0, few)} />
      {items.length > few && (
        <details>
          <summary title="Shows those that are left out here">Show all {items.length}</summary>
          <Items items={items.slice(few)} />
        </details>
      )}
    </section>
  ));
}

const Items = ({ items }: { readonly items: readonly string[] }) => (
  <ul>
    {items.map((item) => (
      <li key={item}>{item}</li>
    ))}
  </ul>
);
