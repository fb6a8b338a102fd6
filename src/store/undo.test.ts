import { describe, expect, it } from 'vitest';
import { startingExperiment } from '../experiment/presets.ts';
import { settle, startedPlayground } from './test-support.ts';
import { noEdits, redone, undone, withEdit } from './undo.ts';

const rate = (learningRate: number) => ({ ...startingExperiment, learningRate });

describe('edit history', () => {
  it('goes back and forth', () => {
    const edits = withEdit(withEdit(noEdits, rate(1), 'a', 0), rate(2), 'b', 10);
    const back = undone(edits, rate(3));
    expect(back?.experiment.learningRate).toBe(2);
    const further = back && undone(back.edits, back.experiment);
    expect(further?.experiment.learningRate).toBe(1);
    expect(further && undone(further.edits, further.experiment)).toBeUndefined();
    const forth = further && redone(further.edits, further.experiment);
    expect(forth?.experiment.learningRate).toBe(2);
    expect(forth && redone(forth.edits, forth.experiment)?.experiment.learningRate).toBe(3);
  });

  it('takes a dragged slider as one edit, and a pause as the end of it', () => {
    const dragged = withEdit(withEdit(noEdits, rate(1), 'learningRate', 0), rate(2), 'learningRate', 900);
    expect(dragged.past).toHaveLength(1);
    expect(withEdit(dragged, rate(3), 'learningRate', 2000).past).toHaveLength(2);
    expect(withEdit(dragged, rate(3), 'momentum', 1000).past).toHaveLength(2);
    // The clock was set back meanwhile.
    expect(withEdit(dragged, rate(3), 'learningRate', -3_600_000).past).toHaveLength(2);
  });

  it('forgets what was taken back once something else is edited, and passes over edits without effect', () => {
    const back = undone(withEdit(noEdits, rate(1), 'a', 0), rate(2));
    expect(back && withEdit(back.edits, rate(1), 'b', 5).future).toEqual([]);
    const idle = withEdit(withEdit(noEdits, rate(1), 'a', 0), rate(2), 'b', 0);
    expect(undone(idle, rate(2))?.experiment.learningRate).toBe(1);
  });
});

describe('undo on the page', () => {
  it('applies an undone scalar to the live run, and lets an undone preset wait as a whole', async () => {
    const { actions, state, client } = await startedPlayground();
    actions.change({ learningRate: 0.2 });
    await settle();
    actions.undo();
    await settle();
    expect(state().experiment).toEqual(startingExperiment);
    expect(client.of('change').at(-1)?.experiment.learningRate).toBe(startingExperiment.learningRate);
    actions.redo();
    await settle();
    expect(state().run?.experiment.learningRate).toBe(0.2);

    actions.choosePreset('bp/resnet32');
    expect(state().held).toBe(true);
    actions.undo();
    expect(state().held).toBe(false);
    expect(state().experiment.learningRate).toBe(0.2);
    actions.redo();
    expect(state().held).toBe(true);
    expect(state().experiment.network).toBe('resnet32');
  });

  it('does nothing where there is nothing to take back', async () => {
    const { actions, state } = await startedPlayground();
    actions.undo();
    actions.redo();
    expect(state().experiment).toEqual(startingExperiment);
  });
});
