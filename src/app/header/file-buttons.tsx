import { Download, Upload } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { filesOfPicker } from '../data/given-files.ts';
import { ExportForm } from '../export/export-form.tsx';
import { PageDialog } from '../parts/page-dialog.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { download } from './download.ts';

/** Export of the live run, and import of weights or an experiment. */
export function FileButtons() {
  const input = useRef<HTMLInputElement>(null);
  const exported = usePlayground((state) => state.exported);
  const ready = usePlayground((state) => state.run !== undefined && !state.opening);
  const actions = useActions();
  useEffect(() => {
    if (exported !== undefined) download(exported.content, exported.name);
  }, [exported]);
  return (
    <>
      <PageDialog
        title="Export the run"
        className="export"
        opening={{
          trigger: (
            <button
              type="button"
              className="button"
              disabled={!ready}
              title="Weights, ONNX, TensorFlow.js, PyTorch, the whole run, measurements"
            >
              <Download aria-hidden /> Export
            </button>
          ),
        }}
      >
        <ExportForm />
      </PageDialog>
      <button
        type="button"
        className="button"
        title="Reads a whole run (.hpff.zip), weights (.safetensors), an experiment (.json); they can be dropped on the page too"
        onClick={() => input.current?.click()}
      >
        <Upload aria-hidden /> Import
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".safetensors,.json,.zip,.pt,.pth,.ckpt,.bin"
        aria-label="Run, weights and experiment files"
        onChange={(event) => {
          actions.takeFiles(filesOfPicker(event.target.files));
          // So that the same file can be chosen again.
          event.target.value = '';
        }}
      />
    </>
  );
}
