import { useState } from 'react';

/** A whole number or the word "all", taken on Enter or on leaving. */
export function SizeInput({
  value,
  onCommit,
  onForgive,
  ...rest
}: {
  readonly value: number | 'all';
  onCommit(value: number | string): boolean;
  onForgive(): void;
  readonly id: string;
  readonly disabled: boolean;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': true | undefined;
}) {
  const [draft, setDraft] = useState<string>();
  const commit = () => {
    if (draft === undefined) return;
    const text = draft.trim().toLowerCase();
    const next = /^\d+$/.test(text) ? Number(text) : text;
    if (next === value) onForgive();
    if (next === value || onCommit(next)) setDraft(undefined);
  };
  return (
    <input
      {...rest}
      className="input"
      type="text"
      autoComplete="off"
      value={draft ?? String(value)}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape') {
          setDraft(undefined);
          onForgive();
        }
      }}
    />
  );
}
