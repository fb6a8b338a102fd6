/// <reference lib="webworker" />

import { plannedConfiguration } from '../methods/configuration.ts';
import { type Preview, preview } from '../methods/preview.ts';
import type { Planned } from './previewer.ts';

/** Plans experiments beside the page: a deep network takes hundreds of milliseconds, the page's thread has fifty. */
declare const self: DedicatedWorkerGlobalScope;

self.onmessage = ({ data: { experiment, classes } }: MessageEvent<Planned>) => {
  const planned = preview(plannedConfiguration(experiment, classes), experiment);
  // The course has the same numbers: thousands of pairs would travel for nothing.
  self.postMessage({ ...planned, timeline: [] } satisfies Preview);
};
