import { Note } from '../parts/note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';

/** Where the controls ask for images that are not there yet: the ways to bring them, before a run is refused for it. */
export function MissingImages() {
  const missing = usePlayground(
    ({ experiment, run, loadedData, loadingData }) =>
      experiment.data === 'cifar-10' && run?.data.name !== 'cifar-10' && loadedData === undefined && !loadingData,
  );
  const served = usePlayground((state) => state.served);
  const { loadServed } = useActions();
  if (!missing) return null;
  return (
    <Note kind="warn">
      <p>The images of CIFAR-10 are not loaded yet. They stay on this device.</p>
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
