import { download } from './header/download.ts';
import { formatBytes } from './look/format.ts';
import { Note } from './parts/note.tsx';
import { ProblemNote } from './parts/problem-note.tsx';
import { useActions, usePlayground } from './playground-context.ts';

/** What came of the last export and import, right under their buttons. */
export function FilesNote() {
  const exported = usePlayground((state) => state.exported);
  const { forgetExport } = useActions();
  return (
    <div className="files-note" aria-live="polite">
      <ProblemNote place="import" />
      <ProblemNote place="export" />
      {exported && (
        <Note kind="good" onDismiss={forgetExport}>
          <div className="row">
            <span>Exported. If a download was blocked:</span>
            <button
              type="button"
              className="button button-small"
              onClick={() => download(exported.weights, 'weights.safetensors')}
            >
              weights.safetensors ({formatBytes(exported.weights.size)})
            </button>
            <button
              type="button"
              className="button button-small"
              onClick={() => download(exported.experiment, 'experiment.json')}
            >
              experiment.json
            </button>
          </div>
        </Note>
      )}
    </div>
  );
}
