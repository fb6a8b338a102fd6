import { useMemo } from 'react';
import { changedFields } from '../../experiment/changes.ts';
import { departuresFrom, figuresOfMethod, trainingInWords } from '../../store/compare/reported-figures.ts';
import { bestOnTest } from '../charts/best.ts';
import { usePlayground } from '../playground-context.ts';

/** A share in percent, as finely as papers print it. */
const inHundredths = (share: number): string => `${(100 * share).toFixed(2)}\u00a0%`;

/** What papers report for the experiment in the controls, in what it differs from theirs, and what it came to here. */
export function ReportedNote() {
  const experiment = usePlayground((state) => state.experiment);
  const figures = useMemo(() => figuresOfMethod(experiment), [experiment]);
  const own = useOwnAccuracy();
  if (figures.length === 0) return null;
  return (
    <ul className="reported" aria-label="As reported">
      {figures.map((figure) => {
        const departures = departuresFrom(figure, experiment);
        return (
          <li key={figure.paper}>
            As reported: <strong>{inHundredths(figure.error)}</strong> test error{' '}
            <span className="soft">
              ({figure.paper}, CIFAR-10, {trainingInWords(figure)}).
              {departures.length > 0 && ` Other here: ${departures.join('; ')}.`}
            </span>
          </li>
        );
      })}
      {own !== undefined && (
        <li>
          Here, best on test so far: <strong>{inHundredths(1 - own)}</strong> test error
        </li>
      )}
    </ul>
  );
}

/** Best accuracy on the test part of the experiment in the controls: of the live run, or of the newest run kept of it. */
function useOwnAccuracy(): number | undefined {
  const experiment = usePlayground((state) => state.experiment);
  const runs = usePlayground((state) => state.runs);
  const live = usePlayground((state) =>
    state.historyVersion >= 0 && state.run?.experiment === state.experiment
      ? bestOnTest(state.history)?.accuracy
      : undefined,
  );
  const kept = useMemo(
    () =>
      runs.find(
        (run) => run.summary.scores.bestTest !== undefined && changedFields(run.experiment, experiment).length === 0,
      )?.summary.scores.bestTest,
    [runs, experiment],
  );
  return live ?? kept;
}
