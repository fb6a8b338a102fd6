import type { RunInfo } from '../../worker/protocol.ts';
import { Note } from '../parts/note.tsx';

/** Where there is no WebGPU: why, what trains instead, and what would help. */
export function WebgpuNote({ run }: { readonly run: RunInfo }) {
  const webgpu = run.executors.find(({ name }) => name === 'webgpu');
  if (webgpu === undefined || webgpu.usable) return null;
  return (
    <Note kind="warn">
      <p>
        <strong>WebGPU is missing here</strong>: {webgpu.reason}.
      </p>
      <p>
        Training runs on {run.executor} instead. Everything works and every number means the same; steps take longer,
        and memory is measured, not as planned.
      </p>
      <p>
        What helps: Chrome or Edge 113, Safari 26, or Firefox 141 on Windows, or later ones; graphics acceleration
        switched on in the browser's settings; this page over https or from localhost. A run moves there by Export and
        Import.
      </p>
    </Note>
  );
}
