import { useMemo } from 'react';
import { reportedFigures } from '../../store/compare/reported-figures.ts';
import { bestOnTest } from '../charts/best.ts';
import { usePlayground } from '../playground-context.ts';

/** A share in percent, as finely as papers print it. */
const inHundredths = (share: number): string => `${(100 * share).toFixed(2)}\u00a0%`;

/** What papers report for the experiment in the controls, beside the live run's own result where that is the same experiment. */
export function ReportedNote() {
  const experiment = usePlayground((state) => state.experiment);
  const figures = useMemo(() => reportedFigures(experiment), [experiment]);
  const own = usePlayground((state) =>
    state.historyVersion >= 0 && state.run?.experiment === state.experiment
      ? bestOnTest(state.history)?.accuracy
      : undefined,
  );
  if (figures.length === 0) return null;
  return (
    <ul className="reported" aria-label="As reported">
      {figures.map(({ paper, error, training }) => (
        <li key={paper}>
          As reported: <strong>{inHundredths(error)}</strong> test error{' '}
          <span className="soft">
            ({paper}, {training})
          </span>
        </li>
      ))}
      {own !== undefined && (
        <li>
          Here, best on test so far: <strong>{inHundredths(1 - own)}</strong> test error
        </li>
      )}
    </ul>
  );
}
