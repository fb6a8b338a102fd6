import type { Problem } from '../../base/result.ts';
import { problemOfLocks } from '../../experiment/limits.ts';
import { useActions, usePlayground } from '../playground-context.ts';
import { Tip } from './tip.tsx';

/** Ways on that were found to help with a problem, each a button that changes the experiment and tries again. */
export function Remedies({ problem }: { readonly problem: Problem }) {
  const opening = usePlayground((state) => state.opening);
  const limits = usePlayground((state) => state.limits);
  const { tryWith } = useActions();
  const allowed = problem.remedies?.filter(({ experiment }) => problemOfLocks(limits, experiment) === undefined) ?? [];
  if (allowed.length === 0) return null;
  return (
    <fieldset className="row plain-fieldset" aria-label="Ways on">
      {allowed.map(({ words, experiment }) => (
        <Tip key={words} content="Sets this in the controls; the live run goes on with it, or a new one starts">
          <button type="button" className="button button-small" disabled={opening} onClick={() => tryWith(experiment)}>
            {words}
          </button>
        </Tip>
      ))}
    </fieldset>
  );
}
