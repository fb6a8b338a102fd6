import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { stepped } from './number-steps.ts';

/** Milliseconds without typing after which a number counts. */
const patience = 800;

/**
 * A number that counts on Enter, on leaving, or when typing pauses, so that typing 0.05 never trains at 0. Arrow keys
 * step it; Escape goes back. What was refused stays to be mended.
 */
export function NumberInput({
  value,
  whole,
  onCommit,
  onForgive,
  ...rest
}: {
  readonly value: number;
  readonly whole: boolean;
  onCommit(value: number): boolean;
  onForgive(): void;
  readonly id?: string;
  readonly disabled: boolean;
  readonly 'aria-label'?: string | undefined;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true | undefined;
}) {
  const [draft, setDraft] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const commit = (text: string | undefined) => {
    clearTimeout(timer.current);
    if (text === undefined) return;
    // An empty or unfinished number is NaN, which no field takes.
    const number = text.trim() === '' ? Number.NaN : Number(text);
    if (number === value || onCommit(number)) {
      if (number === value) onForgive();
      setDraft(undefined);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') commit(draft);
    else if (event.key === 'Escape') {
      clearTimeout(timer.current);
      setDraft(undefined);
      onForgive();
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      const from = draft === undefined || draft.trim() === '' ? value : Number(draft);
      const next = stepped(Number.isNaN(from) ? value : from, event.key === 'ArrowUp' ? 1 : -1, whole);
      setDraft(String(next));
      commit(String(next));
    }
  };
  return (
    <input
      {...rest}
      className="input"
      type="number"
      step="any"
      value={draft ?? String(value)}
      onChange={(event) => {
        const text = event.target.value;
        setDraft(text);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => commit(text), patience);
      }}
      onBlur={() => commit(draft)}
      onKeyDown={onKeyDown}
    />
  );
}
