/// <reference lib="webworker" />
import { wasmFiles } from '../../src/runtime/tfjs/wasm-files.ts';
import { benchExperiment } from '../cases/experiment.ts';
import { measurePortable } from '../cases/portable.ts';
import { openEngine } from '../engines/open.ts';
import { countGpu } from '../gpu-count.ts';
import type { Measurement } from '../measurement.ts';
import type { BenchAnswer, BenchRequest } from './messages.ts';

declare const self: DedicatedWorkerGlobalScope;

const surroundings = { wasmPaths: wasmFiles };

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
