/// <reference lib="webworker" />

import { plannedConfiguration } from '../methods/configuration.ts';
import { insightBytes } from '../methods/insight-graph.ts';
import { preview } from '../methods/preview.ts';
import { walkStep } from '../methods/step-walk.ts';
import type { PlanAnswer, PlanRequest } from './previewer.ts';

/** Plans experiments beside the page: a deep network takes tens of milliseconds at first, and the page's thread has other things to do. */
declare const self: DedicatedWorkerGlobalScope;

const post = (answer: PlanAnswer) => self.postMessage(answer);

self.onmessage = ({ data }: MessageEvent<PlanRequest>) => {
  const { id } = data;
  const { experiment, classes } = data.planned;
  const configuration = plannedConfiguration(experiment, classes);
  switch (data.kind) {
    case 'walk':
      return post({ id, kind: data.kind, walk: walkStep(configuration) });
    case 'look':
      return post({ id, kind: data.kind, bytes: insightBytes(configuration, data.look.images, data.look.block) });
    case 'preview':
      return post({ id, kind: data.kind, preview: preview(configuration, experiment) });
  }
};
