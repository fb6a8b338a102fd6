import { useEffect, useRef } from 'react';
import { useActions } from '../playground-context.ts';

/** A run's name while it is being changed: Enter or leaving takes it, Escape does not, an empty one names by difference. */
export function RunName({ id, name, onDone }: { readonly id: string; readonly name: string; onDone(): void }) {
  const input = useRef<HTMLInputElement>(null);
  const { renameRun } = useActions();
  const escaped = useRef(false);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  return (
    <input
      ref={input}
      className="input run-name-input"
      type="text"
      aria-label={`Name of ${name}; empty: named by what differs`}
      defaultValue={name}
      maxLength={200}
      onKeyDown={(event) => {
        if (event.key === 'Escape') escaped.current = true;
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
      onBlur={(event) => {
        const given = event.target.value.trim();
        if (!escaped.current && given !== name) renameRun(id, given === '' ? undefined : given);
        onDone();
      }}
    />
  );
}
