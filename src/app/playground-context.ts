import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Playground, PlaygroundActions } from '../store/playground.ts';
import type { PlaygroundState } from '../store/state.ts';

const PlaygroundContext = createContext<Playground | undefined>(undefined);

export const PlaygroundProvider = PlaygroundContext.Provider;

function useStoreOfPage(): Playground {
  const store = useContext(PlaygroundContext);
  if (store === undefined) throw new Error('A component of the page stands outside of PlaygroundProvider.');
  return store;
}

/** A part of the page's state; the component renders again when the part is another. */
export const usePlayground = <Part>(select: (state: PlaygroundState) => Part): Part =>
  useStore(useStoreOfPage(), select);

/** Something to look at, and to be told of when it may be another. */
export interface Followed<Part> {
  now(): Part;
  /** @returns ends it */
  subscribe(onChange: () => void): () => void;
}

/**
 * A part of the page's state that changes too often to render the component each time.
 *
 * @param select of the module, or kept from rendering to rendering
 */
export function useFollowed<Part>(select: (state: PlaygroundState) => Part): Followed<Part> {
  const store = useStoreOfPage();
  return useMemo(() => ({ now: () => select(store.getState()), subscribe: store.subscribe }), [store, select]);
}

/** What the page can do; never changes. */
export const useActions = (): PlaygroundActions => useStoreOfPage().actions;
