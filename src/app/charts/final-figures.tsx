import { useDeferredValue, useMemo } from 'react';
import { formatLoss, formatNumber, formatPercent } from '../look/format.ts';
import { usePlayground } from '../playground-context.ts';
import { bestOnTest } from './best.ts';
import { LineFigure } from './line-figure.tsx';
import { type RunLineLook, runLines } from './run-lines.ts';
import { useShownRuns } from './shown-runs.tsx';

const looks: readonly RunLineLook[] = [
  { phase: 'train', label: 'training batches', colour: 'soft', width: 1.5 },
  { phase: 'validation', label: 'validation part', colour: 'soft', width: 2, dots: true },
  { phase: 'test', label: 'test part', colour: 'strong', width: 2, dots: true },
];

function useFinalLines(column: 'final.accuracy' | 'final.loss') {
  const runs = useShownRuns();
  return useMemo(() => runLines(runs, column, looks), [runs, column]);
}

/** Accuracy of the whole network, with the best on the test part as papers report it. */
export function FinalAccuracyFigure() {
  return (
    <LineFigure
      title="Final accuracy"
      quantity="accuracy (%)"
      lines={useFinalLines('final.accuracy')}
      format={formatPercent}
      measure="share"
      better="higher"
    >
      <BestOnTest />
    </LineFigure>
  );
}

function BestOnTest() {
  const history = usePlayground((state) => state.history);
  // In slices, when there is time: the store's own changes are drawn at once.
  const version = useDeferredValue(usePlayground((state) => state.historyVersion));
  const several = useShownRuns().length > 1;
  const best = useMemo(() => {
    void version;
    return bestOnTest(history);
  }, [history, version]);
  return (
    <p className="figure-note">
      {best === undefined
        ? 'Test accuracy is marked at each evaluation.'
        : `${several ? 'The live run: best' : 'Best'} on test, as papers report: ${formatPercent(best.accuracy)} at epoch ${formatNumber(best.epoch)}. Last: ${formatPercent(best.last)}.`}
    </p>
  );
}

/** Loss of the head. */
export function FinalLossFigure() {
  return (
    <LineFigure
      title="Final loss"
      quantity="loss"
      lines={useFinalLines('final.loss')}
      format={formatLoss}
      measure="loss"
      better="lower"
    />
  );
}
