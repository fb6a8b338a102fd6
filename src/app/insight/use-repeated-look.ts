import { useEffect, useRef } from 'react';
import { usePlayground } from '../playground-context.ts';
import { useSeen } from './use-seen.ts';

/** Looks of one kind may take this share of the time while they are repeated. */
const largestShare = 0.05;
/** Seconds between two looks, at least. */
const shortest = 2;

/** Looks again as the run goes on, while the page is seen and nothing else is asked: the longer a look took, the later. */
export function useRepeatedLook(
  on: boolean,
  last: { readonly step: number; readonly seconds: number } | undefined,
  again: () => void,
): void {
  const stale = usePlayground(({ progress }) => last !== undefined && last.step !== (progress?.step ?? 0));
  const busy = usePlayground(({ insight, progress }) => insight.looking || progress?.status === 'evaluating');
  const seen = useSeen();
  // A time and not a length: looks of another kind in between put this one off, but do not begin its wait anew.
  const due = useRef(0);
  useEffect(() => {
    due.current = performance.now() + 1000 * Math.max(shortest, (last?.seconds ?? 0) / largestShare);
  }, [last]);
  useEffect(() => {
    if (!on || !seen || !stale || busy) return;
    const timer = setTimeout(again, Math.max(0, due.current - performance.now()));
    return () => clearTimeout(timer);
  }, [on, seen, stale, busy, again]);
}
