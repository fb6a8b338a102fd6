import { type ReactNode, useId } from 'react';

/** A titled region of the page. `label` is its name for assistive technology and tests. */
export function Panel({
  label,
  className = '',
  tools,
  children,
}: {
  readonly label: string;
  readonly className?: string;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <div className="panel-head">
        <h2 id={id}>{label}</h2>
        {tools}
      </div>
      <div className="panel-body">{children}</div>
    </section>
  );
}
