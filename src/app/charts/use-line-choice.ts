import { useCallback, useMemo, useState } from 'react';

/** Which lines of a chart are hidden, and how they are chosen. */
export interface LineChoice {
  readonly hidden: ReadonlySet<string>;
  /** Hides lines, or shows them again where all of them are hidden. */
  toggle(ids: readonly string[]): void;
  /** Lets lines stand out until it is called with none. */
  point(ids: readonly string[]): void;
}

const none: ReadonlySet<string> = new Set();

/**
 * Lines chosen by their ids; those that are gone meanwhile are as if never chosen.
 *
 * @returns the choice, and apart from it which lines stand out; undefined: all are alike
 */
export function useLineChoice(): { readonly choice: LineChoice; readonly highlight: ReadonlySet<string> | undefined } {
  const [hidden, setHidden] = useState(none);
  const [pointed, setPointed] = useState<readonly string[]>([]);
  const toggle = useCallback(
    (ids: readonly string[]) =>
      setHidden((before) => {
        const after = new Set(before);
        const show = ids.every((id) => before.has(id));
        for (const id of ids) show ? after.delete(id) : after.add(id);
        return after;
      }),
    [],
  );
  const highlight = useMemo(() => {
    const seen = pointed.filter((id) => !hidden.has(id));
    return seen.length === 0 ? undefined : new Set(seen);
  }, [pointed, hidden]);
  const choice = useMemo(() => ({ hidden, toggle, point: setPointed }), [hidden, toggle]);
  return { choice, highlight };
}
