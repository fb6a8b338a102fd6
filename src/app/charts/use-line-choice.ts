import { useMemo, useState } from 'react';
import { useChartLook } from './use-chart-view.ts';

/** Which lines of a chart are hidden, and how they are chosen. */
export interface LineChoice {
  readonly hidden: ReadonlySet<string>;
  /** Hides lines, or shows them again where all of them are hidden. */
  toggle(ids: readonly string[]): void;
  /** Lets lines stand out until it is called with none. */
  point(ids: readonly string[]): void;
}

/**
 * Lines of a chart chosen by their ids.
 *
 * @returns the choice, and apart from it which lines stand out; undefined: all are alike
 */
export function useLineChoice(title: string): {
  readonly choice: LineChoice;
  readonly highlight: ReadonlySet<string> | undefined;
} {
  const [{ hidden }, look] = useChartLook(title);
  const [pointed, setPointed] = useState<readonly string[]>([]);
  const highlight = useMemo(() => {
    const seen = pointed.filter((id) => !hidden.has(id));
    return seen.length === 0 ? undefined : new Set(seen);
  }, [pointed, hidden]);
  const choice = useMemo(() => {
    const toggle = (ids: readonly string[]) => {
      const after = new Set(hidden);
      const show = ids.every((id) => hidden.has(id));
      for (const id of ids) show ? after.delete(id) : after.add(id);
      look({ hidden: after });
    };
    return { hidden, toggle, point: setPointed };
  }, [hidden, look]);
  return { choice, highlight };
}
