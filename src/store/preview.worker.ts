/// <reference lib="webworker" />

import { plannedConfiguration } from '../methods/configuration.ts';
import { preview } from '../methods/preview.ts';
import { walkStep } from '../methods/step-walk.ts';
import type { PlanAnswer, PlanRequest } from './previewer.ts';

/** Plans experiments beside the page: a deep network takes tens of milliseconds at first, and the page's thread has other things to do. */
declare const self: DedicatedWorkerGlobalScope;

const post = (answer: PlanAnswer) => self.postMessage(answer);

self.onmessage = ({ data }: MessageEvent<PlanRequest>) => {
  const { kind, id } = data;
  const { experiment, classes } = data.planned;
  const configuration = plannedConfiguration(experiment, classes);
  if (kind === 'walk') return post({ id, kind, walk: walkStep(configuration) });
  post({ id, kind, preview: preview(configuration, experiment) });
};
