/** Two or more amounts as bars on one scale, with their numbers. */
export function Scale({
  title,
  rows,
  format,
}: {
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly value: number | undefined }[];
  readonly format: (value: number | undefined) => string;
}) {
  const most = Math.max(...rows.map((row) => row.value ?? 0));
  return (
    <div className="scale">
      <h3>{title}</h3>
      <dl>
        {rows.map(({ name, value }, index) => (
          <div key={name} className="scale-row">
            <dt>{name}</dt>
            <dd>
              <span className="scale-track" aria-hidden="true">
                <span
                  className="scale-bar"
                  data-first={index === 0}
                  style={{ width: `${most > 0 ? ((value ?? 0) / most) * 100 : 0}%` }}
                />
              </span>
              <strong>{format(value)}</strong>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
