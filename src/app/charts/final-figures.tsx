import { useMemo } from 'react';
import { formatNumber, formatPercent } from '../look/format.ts';
import { usePlayground } from '../playground-context.ts';
import { bestOnTest } from './best.ts';
import { type ChartOptions, LineFigure } from './line-figure.tsx';
import type { Line } from './rows.ts';

const ink = 'var(--ink)';
const soft = 'var(--line-strong)';

function useFinalLines(column: 'final.accuracy' | 'final.loss'): readonly Line[] {
  return useMemo(
    () => [
      { id: 'train', label: 'training batches', phase: 'train', column, colour: soft, width: 1.5 },
      { id: 'test', label: 'test part', phase: 'test', column, colour: ink, width: 2, dots: true },
    ],
    [column],
  );
}

/** Accuracy of the whole network, with the best on the test part as papers report it. */
export function FinalAccuracyFigure({ options }: { readonly options: ChartOptions }) {
  const history = usePlayground((state) => state.history);
  const version = usePlayground((state) => state.historyVersion);
  const best = useMemo(() => {
    void version;
    return bestOnTest(history);
  }, [history, version]);
  return (
    <LineFigure
      title="Final accuracy"
      lines={useFinalLines('final.accuracy')}
      options={options}
      format={formatPercent}
      percent
    >
      <p className="figure-note">
        {best === undefined
          ? 'Test accuracy is marked at each evaluation.'
          : `Best on test, as papers report: ${formatPercent(best.accuracy)} at epoch ${formatNumber(best.epoch)}. Last: ${formatPercent(best.last)}.`}
      </p>
    </LineFigure>
  );
}

/** Loss of the head. */
export function FinalLossFigure({ options }: { readonly options: ChartOptions }) {
  return <LineFigure title="Final loss" lines={useFinalLines('final.loss')} options={options} format={formatNumber} />;
}
