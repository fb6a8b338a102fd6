import type { ReactNode, Ref } from 'react';

/** The frame of a chart: title, tools, and the switch to its table. */
export function Figure({
  ref,
  title,
  tools,
  table,
  onTable,
  children,
}: {
  readonly ref?: Ref<HTMLElement>;
  readonly title: string;
  readonly tools?: ReactNode;
  readonly table: boolean;
  onTable(table: boolean): void;
  readonly children: ReactNode;
}) {
  return (
    <figure ref={ref} className="figure" aria-label={title}>
      <div className="figure-head">
        <h3>{title}</h3>
        {tools}
        <button type="button" className="button button-small" aria-pressed={table} onClick={() => onTable(!table)}>
          Table
        </button>
      </div>
      {children}
    </figure>
  );
}
