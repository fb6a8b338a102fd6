import { describe, expect, it } from 'vitest';
import { startingExperiment } from '../experiment/presets.ts';
import { parseExperiment } from '../experiment/schema.ts';
import { lessons } from './lessons/lessons.ts';
import { experimentHash, experimentOfHash } from './share-link.ts';
import { type Teaching, teachingHash, teachingOfHash } from './teaching.ts';
import { progressAt, recordOf, settle, startedPlayground } from './test-support.ts';

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

  it('tells the worker its limits before a run is opened, and anew for another link', async () => {
    const { client, actions } = await startedPlayground(teachingHash(startingExperiment, teaching));
    const { cuts, batch, seed } = startingExperiment;
    expect(client.of('configure').at(-1)?.limits).toEqual({ locked: { cuts, batch }, memoryBudget: 20e6 });
    const kinds = client.asked.map(({ kind }) => kind);
    expect(kinds.indexOf('configure')).toBeLessThan(kinds.indexOf('open'));
    actions.followHash(teachingHash(startingExperiment, { ...teaching, locks: ['seed'] }));
    expect(client.of('configure').at(-1)?.limits.locked).toEqual({ seed });
  });

  it('holds for files, undo, offers, duplicates and the queue, and shows nothing of what it refuses', async () => {
    const other = { ...startingExperiment, batch: startingExperiment.batch * 2, learningRate: 0.3 };
    const { client, actions, state } = await startedPlayground();
    actions.change({ batch: other.batch });
    await settle();
    actions.change({ batch: startingExperiment.batch, learningRate: 0.3 });
    await settle();
    actions.followHash(teachingHash(startingExperiment, { ...teaching, lesson: undefined }));
    actions.undo();
    const before = state().experiment;
    const opened = client.of('open').length;
    const refusedAt = (place: 'controls' | 'import' | 'runs') => {
      expect(state().problems[place]?.message).toContain('Batch size is locked');
      expect(state().experiment).toEqual(before);
      expect(client.of('open')).toHaveLength(opened);
      actions.dismiss(place);
    };
    actions.undo();
    refusedAt('controls');
    actions.tryWith(other);
    refusedAt('controls');
    const text = JSON.stringify(other);
    actions.takeFiles([{ path: 'experiment.json', file: new File([text], 'experiment.json') }]);
    await settle();
    await settle();
    refusedAt('import');
    actions.offer(other, 'It');
    refusedAt('runs');
    client.say({ kind: 'runs', records: [recordOf(other, 'other')] });
    actions.duplicateRun('other');
    refusedAt('runs');
    client.say({ kind: 'progress', progress: progressAt(0) });
    actions.addToQueue([{ title: 'a', group: undefined, experiment: other }]);
    await settle();
    expect(state().queue.entries[0]?.state).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('Batch size is locked'),
    });
    expect(state().experiment).toEqual(before);
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
