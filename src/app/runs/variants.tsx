import { useMemo } from 'react';
import { experimentNow } from '../../runs/run-record.ts';
import { methodInWords } from '../../store/compare/experiment-words.ts';
import { comparedWith, variantsOf } from '../../store/compare/variants.ts';
import { Tip } from '../parts/tip.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { useRuns } from './use-runs.ts';

/** The user's run again with one thing less or more, in one click each: the paper's ablation. Runs of the queue do not take its place. */
export function Variants() {
  const live = usePlayground((state) => state.run?.id);
  const queue = usePlayground((state) => state.queue);
  const kept = usePlayground((state) => state.runs);
  const { names } = useRuns();
  const run = useMemo(() => comparedWith(kept, live, queue), [kept, live, queue]);
  const variants = run === undefined ? [] : variantsOf(experimentNow(run));
  const { addToQueue, compare } = useActions();
  if (run === undefined || variants.length === 0) return null;
  const which = run.id === live ? 'The live run' : (names.get(run.id) ?? run.id);
  return (
    <fieldset className="row" aria-label="The same run again">
      <span className="soft">{which} again:</span>
      {variants.map(({ key, title, edited }) => (
        <Tip
          key={key}
          content={
            edited.ok
              ? `Trains ${methodInWords(edited.value.experiment)} with everything else the same, to its end, and keeps the run on the charts. ${edited.value.alsoChanged.join(' ')}`
              : edited.error.message
          }
        >
          <button
            type="button"
            className="button button-small"
            aria-disabled={!edited.ok}
            onClick={() => {
              if (!edited.ok) return;
              compare(run.id, true);
              addToQueue([{ title, group: run.group, experiment: edited.value.experiment }]);
            }}
          >
            {title}
          </button>
        </Tip>
      ))}
    </fieldset>
  );
}
