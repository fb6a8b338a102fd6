/// <reference lib="webworker" />
import wasmPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import wasmThreads from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { benchExperiment } from '../cases/experiment.ts';
import { measurePortable } from '../cases/portable.ts';
import { openEngine } from '../engines/open.ts';
import { countGpu } from '../gpu-count.ts';
import type { Measurement } from '../measurement.ts';
import type { BenchAnswer, BenchRequest } from './messages.ts';

declare const self: DedicatedWorkerGlobalScope;

const surroundings = {
  wasmPaths: {
    'tfjs-backend-wasm.wasm': wasmPlain,
    'tfjs-backend-wasm-simd.wasm': wasmSimd,
    'tfjs-backend-wasm-threaded-simd.wasm': wasmThreads,
  },
};

const answer = (message: BenchAnswer) => self.postMessage(message);

async function obey(request: BenchRequest): Promise<void> {
  const { measurement } = request;
  switch (request.kind) {
    case 'measure': {
      const gpu = countGpu();
      const findings = await measurePortable(measurement, surroundings, { gpu, note: (text) => console.info(text) });
      answer({ kind: 'found', findings });
      break;
    }
    case 'train':
      await train(measurement);
      break;
  }
}

async function train({ engine, subject }: Measurement): Promise<void> {
  if (subject.kind !== 'latency') throw new Error(`${subject.kind} does not train`);
  const opened = await openEngine(engine, surroundings);
  const prepared = await opened.step(benchExperiment(subject.preset, subject.batch));
  for (;;) {
    await prepared.run();
    answer({ kind: 'stepped' });
  }
}

self.onmessage = (event: MessageEvent<BenchRequest>) => {
  obey(event.data).catch((error: unknown) => {
    answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  });
};
