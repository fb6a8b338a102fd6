import { useEffect } from 'react';
import { isGoing, statusOf } from '../../store/state.ts';
import { usePlayground } from '../playground-context.ts';

/** Keeps the screen, and with it the run, awake while it trains and the page is seen. Browsers without wake locks do without. */
export function useWakeLock(): void {
  const going = usePlayground((state) => isGoing(statusOf(state)));
  useEffect(() => {
    if (!going || !('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | undefined;
    let over = false;
    let asking = false;
    const acquire = async () => {
      if (document.visibilityState !== 'visible' || asking || lock?.released === false) return;
      asking = true;
      // Refused on a low battery or by a policy: the run goes on all the same.
      const acquired = await navigator.wakeLock.request('screen').catch(() => undefined);
      asking = false;
      if (over) void acquired?.release();
      else lock = acquired;
    };
    void acquire();
    // A hidden page loses its lock.
    document.addEventListener('visibilitychange', acquire);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', acquire);
      void lock?.release();
    };
  }, [going]);
}
