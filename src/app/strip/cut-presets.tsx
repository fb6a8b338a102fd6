import { resolveCuts } from '../../network/cuts.ts';
import { cutChoices, sameCuts } from '../../store/recut.ts';
import { useActions, usePlayground } from '../playground-context.ts';

/** The papers' cuts of a network, as far as it has blocks for them. */
export function CutPresets() {
  const network = usePlayground((state) => state.experiment.network);
  const cuts = usePlayground((state) => state.experiment.cuts);
  const { change } = useActions();
  const now = resolveCuts({ network, cuts });
  return (
    <fieldset className="row cut-presets">
      <legend className="visually-hidden">Cut presets</legend>
      {cutChoices(network).map((choice) => (
        <button
          key={choice.word}
          type="button"
          className="button button-small"
          aria-pressed={sameCuts(choice.cuts, now)}
          title={`${choice.cuts.length === 1 ? 'One module: no cuts' : `${choice.cuts.length} modules`}. Rebuilds, keeps weights.`}
          onClick={() => change({ cuts: choice.word })}
        >
          {choice.word === 'all' ? `all (${choice.cuts.length})` : choice.word}
        </button>
      ))}
    </fieldset>
  );
}
