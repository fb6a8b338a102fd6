import { createContext, useEffect, useState } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { waitForTurn } from './turns.ts';

/**
 * Whether the screen around is hidden and about to be taken away: what is much to take away goes first, in turn. A store, so that leaving
 * renders nothing anew.
 */
export const Leaving = createContext<StoreApi<boolean>>(createStore(() => false));

/**
 * A screen stays a while longer than it is shown, until all that leaves in turn has left.
 *
 * @returns whether it is there, and what to tell those within it
 */
export function useStay(shown: boolean): { readonly stays: boolean; readonly leaving: StoreApi<boolean> } {
  const [leaving] = useState(() => createStore(() => false));
  const [gone, setGone] = useState(!shown);
  useEffect(() => {
    leaving.setState(!shown, true);
    if (shown) return setGone(false);
    if (!gone) return waitForTurn('outOfSight', { since: Number.POSITIVE_INFINITY, take: () => setGone(true) });
  }, [shown, gone, leaving]);
  return { stays: shown || !gone, leaving };
}
