import { createContext, useContext } from 'react';
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

/** What the page can do; never changes. */
export const useActions = (): PlaygroundActions => useStoreOfPage().actions;
