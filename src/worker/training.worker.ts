/// <reference lib="webworker" />
import wasmPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import wasmThreads from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { ok, type Result } from '../base/result.ts';
import { parseExperiment } from '../experiment/schema.ts';
import type { Measurement } from '../runs/measurement.ts';
import type { RequestMessage, WorkerMessage } from './protocol.ts';
import { Session } from './session.ts';

/** The worker is a switch: requests in, answers and events out. The session owns the one live run. */
declare const self: DedicatedWorkerGlobalScope;

const post = (message: WorkerMessage, transfer: Transferable[] = []) => self.postMessage(message, transfer);

/** Milliseconds between two messages of measurements and progress. */
const interval = 100;
let waiting: Measurement[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

const flush = () => {
  timer = undefined;
  if (waiting.length > 0) post({ kind: 'measurements', measurements: waiting });
  waiting = [];
  session.report();
};

const session = new Session(
  {
    measured(measurement) {
      waiting.push(measurement);
      timer ??= setTimeout(flush, interval);
    },
    progress: (progress) => post({ kind: 'progress', progress }),
    preparing: (what, share) => post({ kind: 'preparing', what, share }),
    failed: (error) => post({ kind: 'failed', error }),
  },
  {
    'tfjs-backend-wasm.wasm': wasmPlain,
    'tfjs-backend-wasm-simd.wasm': wasmSimd,
    'tfjs-backend-wasm-threaded-simd.wasm': wasmThreads,
  },
);

async function answer(message: RequestMessage): Promise<Result<unknown>> {
  switch (message.kind) {
    case 'open':
    case 'change': {
      // The border is checked on this side too: a page of another version may be talking.
      const experiment = parseExperiment(message.experiment);
      if (!experiment.ok) return experiment;
      if (message.kind === 'change') return session.change(experiment.value);
      return session.open(experiment.value, message.executor);
    }
    case 'play':
      return session.play('end');
    case 'playEpoch':
      return session.play('epoch');
    case 'stepOnce':
      return session.play('step');
    case 'pause':
      return session.pause();
    case 'reset':
      return session.reset();
    case 'evaluate':
      return session.evaluate();
    case 'loadData':
      return session.loadData(message);
    case 'cancelData':
      return session.cancelData();
    case 'viewData':
      return session.viewData(message);
    case 'export':
      return session.export();
    case 'import':
      return session.import(message.weights, message.experiment);
    default:
      return ok(message satisfies never);
  }
}

self.onmessage = async ({ data }: MessageEvent<RequestMessage>) => {
  const result = await answer(data).catch((error: unknown) => {
    // A throw is a bug: the page hears of it, and the console has the stack.
    console.error(error);
    return { ok: false, error: { message: `The training worker failed: ${String(error)}` } } as const;
  });
  // What was measured before the answer arrives before it.
  if (timer !== undefined) clearTimeout(timer);
  flush();
  if (result.ok) post({ kind: 'answer', id: data.id, ok: true, value: result.value });
  else post({ kind: 'answer', id: data.id, ok: false, error: result.error });
};
