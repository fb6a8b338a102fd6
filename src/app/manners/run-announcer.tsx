import { useEffect, useRef, useState } from 'react';
import { statusOf } from '../../store/state.ts';
import { usePlayground } from '../playground-context.ts';
import { announcementOf, type RunMoment } from './announcement.ts';

/** Tells screen readers how the run moves on: what began, held or ended, and each evaluation. */
export function RunAnnouncer() {
  const run = usePlayground((state) => state.run?.id);
  const status = usePlayground(statusOf);
  const evaluations = usePlayground((state) => (state.historyVersion >= 0 ? state.history.test.length : 0));
  const accuracy = usePlayground((state) =>
    state.historyVersion >= 0 ? state.history.test.last('final.accuracy') : undefined,
  );
  const progress = usePlayground((state) => state.progress);
  const before = useRef<RunMoment>(undefined);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const now: RunMoment = { run, status, progress, accuracy, evaluations };
    const words = before.current && announcementOf(before.current, now);
    before.current = now;
    if (words !== undefined) setSaid(words);
  }, [run, status, progress, accuracy, evaluations]);
  return (
    <div className="visually-hidden" role="status" aria-label="Announcements">
      {said}
    </div>
  );
}
