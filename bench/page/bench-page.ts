import { adapterName } from '../../src/runtime/gpu/device.ts';
import type { Finding, Measurement } from '../measurement.ts';
import type { BenchAnswer, BenchRequest } from './messages.ts';

/** What the page offers to the program that drives it. */
export interface BenchPage {
  /** The adapter of WebGPU, in words. */
  adapter(): Promise<string>;
  /** Runs a measurement in a worker of its own. */
  measure(measurement: Measurement): Promise<Finding[]>;
  /** Trains in a worker from now on; resolves once it is warm. */
  train(measurement: Measurement): Promise<void>;
  stepsDone(): number;
  /** Milliseconds from each key press since the last call to the frame after it. */
  takeLatencies(presses: number): number[];
}

const warmSteps = 4;
/** The shortest event that browsers report. */
const shortest = 16;
/** TypeScript's library does not know the threshold. */
const eventTiming: PerformanceObserverInit & { readonly durationThreshold: number } = {
  type: 'event',
  durationThreshold: shortest,
};
let steps = 0;
let latencies: number[] = [];

const presses = document.querySelector('#presses') as HTMLOutputElement;
document.addEventListener('keydown', () => {
  presses.value = String(Number(presses.value) + 1);
});
new PerformanceObserver((list) => {
  for (const { name, duration } of list.getEntries()) if (name === 'keydown') latencies.push(duration);
}).observe(eventTiming);

function start(request: BenchRequest, onAnswer: (answer: BenchAnswer) => void): void {
  const worker = new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = (event: MessageEvent<BenchAnswer>) => onAnswer(event.data);
  worker.onerror = (event) => onAnswer({ kind: 'failed', message: event.message });
  worker.postMessage(request);
}

const offered: BenchPage = {
  async adapter() {
    const found = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
    return found == null ? 'no adapter' : adapterName(found.info);
  },
  measure: (measurement) =>
    new Promise((resolve, reject) => {
      start({ kind: 'measure', measurement }, (answer) => {
        if (answer.kind === 'found') resolve(answer.findings);
        if (answer.kind === 'failed') reject(new Error(answer.message));
      });
    }),
  train: (measurement) =>
    new Promise((resolve, reject) => {
      start({ kind: 'train', measurement }, (answer) => {
        if (answer.kind === 'stepped') steps += 1;
        if (steps === warmSteps) resolve();
        if (answer.kind === 'failed') reject(new Error(answer.message));
      });
    }),
  stepsDone: () => steps,
  takeLatencies(count) {
    const seen = latencies.slice(0, count);
    latencies = [];
    return [...seen, ...Array.from({ length: count - seen.length }, () => shortest)];
  },
};
Object.assign(window, offered);
