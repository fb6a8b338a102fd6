import { Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import { formatBytes, formatWhole } from '../look/format.ts';
import { useActions, usePlayground } from '../playground-context.ts';

/** Decoded sets kept on this device, with their sizes, and the memory that images may take. */
export function StoredSets() {
  const { sets, problem } = usePlayground((state) => state.storedSets);
  const loading = usePlayground((state) => state.loadingData);
  const memory = usePlayground((state) => state.imageMemory);
  const { listStored, loadStored, deleteStored, limitMemory } = useActions();
  useEffect(() => listStored(), [listStored]);
  const bytes = sets.reduce((sum, set) => sum + set.bytes, 0);
  return (
    <details className="stored-sets">
      <summary>Kept on this device: {sets.length === 0 ? 'nothing' : `${sets.length} (${formatBytes(bytes)})`}</summary>
      <div className="stack">
        {problem && <p>{problem}</p>}
        <ul aria-label="Sets kept on this device">
          {sets.map((set) => (
            <li key={set.id} className="row">
              <span title={`From ${set.source}`}>
                {set.title}, {set.resolution}&times;{set.resolution}, {formatWhole(set.trainCount)} +{' '}
                {formatWhole(set.testCount)} images, {formatBytes(set.bytes)}
              </span>
              <button
                type="button"
                className="button button-small"
                disabled={loading}
                title="Reads it from this device and chooses it in the controls"
                onClick={() => loadStored(set.id)}
              >
                Load {set.title}
              </button>
              <button
                type="button"
                className="button button-small"
                aria-label={`Delete the kept copy of ${set.title}, ${set.resolution} pixels`}
                title="Frees the space; the set can be loaded again from its files"
                onClick={() => deleteStored(set.id)}
              >
                <Trash2 aria-hidden />
              </button>
            </li>
          ))}
        </ul>
        <label className="row" title="Larger sets are read from this device while they train; from the next loading on">
          <span>Memory for images, MB</span>
          <input
            className="input"
            type="number"
            min={16}
            max={16384}
            value={Math.round(memory / 1024 / 1024)}
            onChange={(event) => {
              const megabytes = Number(event.target.value);
              if (megabytes >= 16 && megabytes <= 16384) limitMemory(megabytes * 1024 * 1024);
            }}
          />
        </label>
      </div>
    </details>
  );
}
