import { useEffect } from 'react';
import { statusOf } from '../../store/state.ts';
import { usePlayground } from '../playground-context.ts';
import { shareDone } from '../transport/run-words.ts';
import { progressIcon } from './favicon.ts';

/** Shows the run's progress in the tab's icon once it has begun, in steps of a percent. */
export function useFavicon(): void {
  const status = usePlayground(statusOf);
  const percent = usePlayground(({ progress }) =>
    progress === undefined || progress.step === 0 ? undefined : Math.floor(shareDone(progress) * 100),
  );
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (link === null || percent === undefined) return;
    const own = link.href;
    link.href = progressIcon(status, percent / 100);
    return () => {
      link.href = own;
    };
  }, [status, percent]);
}
