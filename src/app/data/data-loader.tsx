import { formatBytes } from '../look/format.ts';
import { useActions, usePlayground } from '../playground-context.ts';
import { FilePicker } from './file-picker.tsx';
import { HubForm } from './hub-form.tsx';
import { StoredSets } from './stored-sets.tsx';

/** Ways to bring images here, and how far that is. */
export function DataLoader() {
  const served = usePlayground((state) => state.served);
  const loading = usePlayground((state) => state.loadingData);
  const { loadServed } = useActions();
  const bytes = served.reduce((sum, file) => sum + file.size, 0);
  return (
    <>
      {served.length > 0 && (
        <button type="button" className="button" disabled={loading} onClick={loadServed}>
          Load from the server&rsquo;s folder ({formatBytes(bytes)})
        </button>
      )}
      <FilePicker disabled={loading} />
      <HubForm />
      <StoredSets />
      {loading && <Reading />}
    </>
  );
}

function Reading() {
  const preparing = usePlayground((state) => state.preparing);
  const { cancelLoading } = useActions();
  const what = preparing?.what ?? 'files';
  const share = preparing?.share;
  return (
    <div className="row" aria-live="polite">
      <progress
        className="bar"
        aria-label={`Reading ${what}`}
        max={1}
        {...(share === undefined ? {} : { value: share })}
      />
      <span>
        Reading {what} {share === undefined ? '' : `${Math.floor(share * 100)}\u00a0%`}
      </span>
      <button type="button" className="button button-small" onClick={cancelLoading}>
        Cancel reading
      </button>
    </div>
  );
}
