import { describe, expect, it } from 'vitest';
import { startingExperiment } from '../experiment/presets.ts';
import { parseExperiment } from '../experiment/schema.ts';
import { lessons } from './lessons/lessons.ts';
import { experimentHash, experimentOfHash } from './share-link.ts';
import { problemOfBudget, type Teaching, teachingHash, teachingOfHash } from './teaching.ts';
import { settle, startedPlayground } from './test-support.ts';

const teaching: Teaching = { lesson: 'from-bp-to-hpff', step: 2, locks: ['cuts', 'batch'], memoryBudget: 20e6 };

describe("a teacher's link", () => {
  it('holds all it sets, and the experiment', () => {
    const hash = teachingHash(startingExperiment, teaching);
    expect(teachingOfHash(hash)).toEqual({ ok: true, value: teaching });
    expect(experimentOfHash(hash)).toMatchObject({ ok: true, value: startingExperiment });
    const none = { lesson: undefined, step: 0, locks: [], memoryBudget: undefined };
    expect(teachingOfHash(teachingHash(startingExperiment, none))).toEqual({ ok: true, value: none });
    expect(teachingOfHash('#experiment=x')).toBeUndefined();
  });

  it.each(['', '{', '{"version":2}', '{"version":1,"locks":["everything"]}', '{"version":1,"memoryBudget":-1}', '[]'])(
    'of garbage is refused in words: %s',
    (text) => {
      const parsed = teachingOfHash(`#class=${encodeURIComponent(text)}`);
      expect(parsed).toMatchObject({ ok: false, error: { where: 'link' } });
    },
  );

  it('opens the lesson and locks fields, presets that change them included', async () => {
    const { client, actions, state } = await startedPlayground(teachingHash(startingExperiment, teaching));
    expect(state()).toMatchObject({ view: 'lessons', lesson: { step: 2 } });
    expect(actions.change({ cuts: 'k1' })).toBe(false);
    expect(state().refusals.cuts).toContain("locked by the teacher's link");
    expect(actions.change({ learningRate: 0.2 })).toBe(true);
    actions.choosePreset('bp/resnet32');
    expect(state().problems.controls?.message).toContain('locked');
    actions.tryOut({ cuts: 'k1' });
    actions.endTry(true);
    await settle();
    expect(state().experiment.cuts).toBe(startingExperiment.cuts);
    expect(client.of('change').every(({ experiment }) => experiment.cuts === startingExperiment.cuts)).toBe(true);
  });

  it('keeps its locks against a link of experiments alone, and gives way to another teacher', async () => {
    const { actions, state } = await startedPlayground(teachingHash(startingExperiment, teaching));
    const other = { ...startingExperiment, batch: startingExperiment.batch * 2 };
    actions.followHash(experimentHash(other));
    expect(state().problems.link?.message).toContain('Batch size is locked');
    expect(state().experiment.batch).toBe(startingExperiment.batch);
    actions.followHash(teachingHash(other, { ...teaching, locks: ['seed'] }));
    expect(state().experiment.batch).toBe(other.batch);
    expect(state().teaching?.locks).toEqual(['seed']);
  });

  it('refuses what needs more memory than it allows', () => {
    expect(problemOfBudget(teaching, 21e6)).toContain('21.0 MB');
    expect(problemOfBudget(teaching, 19e6)).toBeUndefined();
  });
});

describe('lessons', () => {
  it('are made of possible experiments with names of their own', () => {
    for (const { steps } of Object.values(lessons)) {
      for (const { experiment } of steps) expect(parseExperiment(experiment)).toMatchObject({ ok: true });
      expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length);
    }
  });

  it('run a step as a new run that plays', async () => {
    const { client, actions, state } = await startedPlayground();
    actions.goToLessonStep(1);
    actions.runLessonStep();
    await settle();
    await settle();
    expect(client.of('open').at(-1)?.experiment).toMatchObject({ method: 'greedy', cuts: 'all' });
    expect(state().experiment.method).toBe('greedy');
  });
});
