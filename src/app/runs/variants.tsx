import { useMemo } from 'react';
import { methodInWords } from '../../store/compare/experiment-words.ts';
import { variantsOf } from '../../store/compare/variants.ts';
import { Tip } from '../parts/tip.tsx';
import { useActions, usePlayground } from '../playground-context.ts';

/** The live run again with one thing less or more, in one click: the paper's ablation. */
export function Variants() {
  const run = usePlayground((state) => state.run);
  const experiment = run?.experiment;
  const variants = useMemo(() => (experiment === undefined ? [] : variantsOf(experiment)), [experiment]);
  const { addToQueue, compare } = useActions();
  if (run === undefined || variants.length === 0) return null;
  return (
    <fieldset className="row" aria-label="Compare the live run">
      <span className="soft">The live run again:</span>
      {variants.map(({ key, title, edited }) => (
        <Tip
          key={key}
          content={
            edited.ok
              ? `Trains ${methodInWords(edited.value.experiment)} with everything else the same, to its end, and keeps the live run on the charts. ${edited.value.alsoChanged.join(' ')}`
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
              addToQueue([{ title, group: run.record.group, experiment: edited.value.experiment }]);
            }}
          >
            {title}
          </button>
        </Tip>
      ))}
    </fieldset>
  );
}
