import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { useActions } from '../playground-context.ts';

/** Chooses exported runs to be put side by side; they can be dropped on the page too. */
export function OpenRunFiles() {
  const input = useRef<HTMLInputElement>(null);
  const { openRunFiles } = useActions();
  return (
    <>
      <button
        type="button"
        className="button button-small"
        title="Exported runs (.hpff.zip, run.json, metrics.json), as many as you like; they can be dropped on the page too"
        onClick={() => input.current?.click()}
      >
        <Upload aria-hidden /> Open run files
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".zip,.json"
        aria-label="Run files"
        onChange={(event) => {
          void openRunFiles([...(event.target.files ?? [])]);
          // So that the same file can be chosen again.
          event.target.value = '';
        }}
      />
    </>
  );
}
