/// <reference lib="webworker" />

import type { Experiment } from '../experiment/experiment.ts';
import { configurationOf } from '../methods/configuration.ts';
import { type Preview, preview } from '../methods/preview.ts';

/** Plans experiments beside the page: a deep network takes hundreds of milliseconds, the page's thread has fifty. */
declare const self: DedicatedWorkerGlobalScope;

self.onmessage = ({ data: experiment }: MessageEvent<Experiment>) => {
  const planned = preview(configurationOf(experiment), experiment);
  // Only the executor's planner needs the bytes at every node: thousands of pairs would travel for nothing.
  self.postMessage({ ...planned, timeline: [] } satisfies Preview);
};
