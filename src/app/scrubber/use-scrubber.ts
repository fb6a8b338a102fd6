import { useCallback, useEffect, useState } from 'react';
import type { StepWalk } from '../../methods/step-walk.ts';
import { usePlayground } from '../playground-context.ts';

/** Where the walk through one step stands, and the ways to move it. */
export interface Scrubber {
  readonly steps: StepWalk;
  readonly position: number;
  readonly playing: boolean;
  goTo(position: number): void;
  playOrPause(): void;
}

/** Milliseconds a group stays when it plays, less for a step of very many. */
const pace = (groups: number): number => Math.max(120, Math.min(1100, 40_000 / groups));

/** The scrubber of the walk on show, or undefined while there is none. It keeps its share of the step when the experiment changes. */
export function useScrubber(): Scrubber | undefined {
  const steps = usePlayground((state) => state.walk?.steps);
  const [share, setShare] = useState(0);
  const [playing, setPlaying] = useState(false);
  const last = (steps?.groups.length ?? 1) - 1;
  const position = Math.round(share * last);
  const goTo = useCallback((to: number) => setShare(last === 0 ? 0 : Math.max(0, Math.min(last, to)) / last), [last]);
  const ended = position === last;
  useEffect(() => {
    if (!playing || steps === undefined) return;
    const timer = setTimeout(() => (ended ? setPlaying(false) : goTo(position + 1)), pace(last + 1));
    return () => clearTimeout(timer);
  }, [playing, steps, ended, position, last, goTo]);
  if (steps === undefined) return undefined;
  return {
    steps,
    position,
    playing,
    goTo: (to) => {
      setPlaying(false);
      goTo(to);
    },
    playOrPause() {
      if (!playing && ended) goTo(0);
      setPlaying(!playing);
    },
  };
}
