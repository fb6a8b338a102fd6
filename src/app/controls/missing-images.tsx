import { dataSets } from '../../experiment/data-sets.ts';
import { dataOf } from '../../store/state.ts';
import { Note } from '../parts/note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';

/** Where the controls ask for images that are not there yet: the ways to bring them, before a run is refused for it. */
export function MissingImages() {
  const missing = usePlayground((state) => {
    const { experiment, loadingData, storedSets } = state;
    const stored = storedSets.sets.some(
      ({ name, resolution }) => name === experiment.data && resolution === experiment.resolution,
    );
    const here = experiment.data === 'synthetic' || stored || dataOf(state, experiment) !== undefined;
    return here || loadingData ? undefined : experiment.data;
  });
  const served = usePlayground((state) => state.served);
  const { loadServed } = useActions();
  if (missing === undefined) return null;
  return (
    <Note kind="warn">
      <p>The images of {dataSets[missing].title} are not loaded yet. They stay on this device.</p>
      <div className="row">
        {served.length > 0 && (
          <button type="button" className="button button-small" onClick={loadServed}>
            Load them from the server
          </button>
        )}
        <button
          type="button"
          className="button button-small"
          onClick={() => document.getElementById('data-files')?.click()}
        >
          Choose data files
        </button>
      </div>
    </Note>
  );
}
