import type { Problem, Remedy } from '../../base/result.ts';
import { problemOfLocks } from '../../experiment/limits.ts';
import { useActions, usePlayground } from '../playground-context.ts';
import { Tip } from './tip.tsx';

/**
 * Ways on that were found to help with a problem, each a button that changes the experiment and tries again.
 *
 * @param onTry left out: the live run goes on with it, or a new one starts
 */
export function Remedies({
  problem,
  onTry,
}: {
  readonly problem: Problem;
  readonly onTry?: ((experiment: Remedy['experiment']) => void) | undefined;
}) {
  const opening = usePlayground((state) => state.opening);
  const limits = usePlayground((state) => state.limits);
  const { tryWith } = useActions();
  const allowed = problem.remedies?.filter(({ experiment }) => problemOfLocks(limits, experiment) === undefined) ?? [];
  if (allowed.length === 0) return null;
  const tip =
    onTry === undefined
      ? 'Sets this in the controls; the live run goes on with it, or a new one starts'
      : 'Goes back to the last checkpoint and on with this; weights that fit are kept';
  return (
    <fieldset className="row plain-fieldset" aria-label="Ways on">
      {allowed.map(({ words, experiment }) => (
        <Tip key={words} content={tip}>
          <button
            type="button"
            className="button button-small"
            disabled={opening}
            onClick={() => (onTry ?? tryWith)(experiment)}
          >
            {words}
          </button>
        </Tip>
      ))}
    </fieldset>
  );
}
