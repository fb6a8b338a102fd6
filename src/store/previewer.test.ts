import { expect, it } from 'vitest';
import { startingExperiment } from '../experiment/presets.ts';
import type { Preview } from '../methods/preview.ts';
import { createPreviewer, type Planned } from './previewer.ts';

it('plans one at a time and skips what was overtaken', async () => {
  const asked: number[] = [];
  const shown: number[] = [];
  const answers: ((answer: Preview) => void)[] = [];
  const plan = ({ experiment }: Planned) =>
    new Promise<Preview>((resolve) => {
      asked.push(experiment.batch);
      answers.push(resolve);
    });
  const later = () => new Promise((resolve) => setTimeout(resolve));
  const request = createPreviewer(plan, (_, experiment) => shown.push(experiment.batch));
  for (const batch of [1, 2, 3]) request({ experiment: { ...startingExperiment, batch }, classes: undefined });
  expect(asked).toEqual([1]);
  answers[0]?.({} as Preview);
  await later();
  expect(asked).toEqual([1, 3]);
  answers[1]?.({} as Preview);
  await later();
  expect(shown).toEqual([1, 3]);
});
