import { useEffect } from 'react';
import { statusOf } from '../../store/state.ts';
import { usePlayground } from '../playground-context.ts';
import { titleOf } from './run-words.ts';

/** Keeps the tab's title at the state of the run. */
export function useDocumentTitle(): void {
  const title = usePlayground((state) => titleOf(statusOf(state), state.progress));
  useEffect(() => {
    document.title = title;
  }, [title]);
}
