import { expect, it } from 'vitest';
import type { Progress, RunStatus } from '../../worker/protocol.ts';
import { announcementOf, type RunMoment } from './announcement.ts';

const progress = { step: 10, totalSteps: 50, stepsPerEpoch: 10 } as Progress;
const at = (status: RunStatus, evaluations = 0, accuracy: number | undefined = undefined): RunMoment => ({
  run: 'a',
  status,
  progress,
  accuracy,
  evaluations,
});

it('tells what began, held and ended, with where', () => {
  expect(announcementOf(at('paused'), at('running'))).toBe('Training, epoch 2 of 5.');
  expect(announcementOf(at('running'), at('paused'))).toBe('Paused, epoch 2 of 5.');
  expect(announcementOf(at('evaluating'), at('finished', 1, 0.5))).toBe('Finished. Test accuracy 50.0\u00a0%.');
});

it('tells each evaluation once, and is silent otherwise', () => {
  expect(announcementOf(at('evaluating'), at('running', 1, 0.25))).toBe('Evaluated: test accuracy 25.0\u00a0%.');
  expect(announcementOf(at('running', 1, 0.25), at('running', 1, 0.25))).toBeUndefined();
  expect(announcementOf(at('running'), at('evaluating'))).toBeUndefined();
  expect(announcementOf(at('preparing'), at('paused'))).toBeUndefined();
});

it('tells a new run, and leaves failures to their alert', () => {
  expect(announcementOf(at('paused'), { ...at('paused'), run: 'b' })).toBe('A new run is ready.');
  expect(announcementOf(at('running'), at('failed'))).toBeUndefined();
});
