import { useEffect, useRef, useState } from 'react';
import { statusOf } from '../../store/state.ts';
import { formatSeconds, formatWhole } from '../look/format.ts';
import { Note } from '../parts/note.tsx';
import { usePlayground } from '../playground-context.ts';
import { type Absence, createAbsenceWatch, type PageMoment } from './absence.ts';

/** What became of the run while the page was hidden for long, the machine slept or its clock was set. */
export function AbsenceNote() {
  const step = usePlayground((state) => state.progress?.step ?? 0);
  const status = usePlayground(statusOf);
  const training = status === 'running' || status === 'evaluating';
  const run = useRef({ step, training });
  run.current = { step, training };
  const [absence, setAbsence] = useState<Absence>();
  useEffect(() => {
    const watch = createAbsenceWatch();
    const look = () => {
      const moment: PageMoment = {
        wall: Date.now(),
        steady: performance.now(),
        hidden: document.visibilityState === 'hidden',
        ...run.current,
      };
      const found = watch(moment);
      if (found !== undefined) setAbsence(found);
    };
    look();
    const timer = setInterval(look, 1000);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  if (absence === undefined) return null;
  return (
    <Note kind="plain" onDismiss={() => setAbsence(undefined)}>
      <p>{absenceInWords(absence)}</p>
    </Note>
  );
}

function absenceInWords(absence: Absence): string {
  const time = formatSeconds(Math.abs(absence.seconds));
  switch (absence.kind) {
    case 'hidden':
      return absence.to > absence.from
        ? `This page was hidden for ${time}. Training went on meanwhile, from step ${formatWhole(absence.from)} to ${formatWhole(absence.to)}; a checkpoint was written when it was hidden.`
        : `This page was hidden for ${time}, and the browser let it do nothing: training stands at step ${formatWhole(absence.to)}, and goes on now. Keep the page in sight to train on.`;
    case 'leap':
      return absence.seconds < 0
        ? `The clock of this machine was set back by ${time}. No time of the run is measured by it: training goes on at step ${formatWhole(absence.step)} with the numbers it would have had.`
        : `The machine slept for ${time}, or its clock was set. That time does not count: training goes on at step ${formatWhole(absence.step)} with the numbers it would have had.`;
  }
}
