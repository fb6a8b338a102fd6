import type { Experiment, FieldName } from '../experiment/experiment.ts';
import { problemOfLocks } from '../experiment/limits.ts';
import { presetExperiment } from '../experiment/presets.ts';
import { parseExperiment } from '../experiment/schema.ts';
import { type Change, edit } from './edit.ts';
import { experimentOfHash } from './share-link.ts';
import type { Shared } from './shared.ts';
import { waitingFields } from './state.ts';
import { limitsOf, teachingOfHash } from './teaching.ts';
import { type EditHistory, redone, undone, withEdit } from './undo.ts';

export interface EditActions {
  /** Edits the experiment; false where the edit was refused, which is then said at its field. */
  change(change: Change): boolean;
  /** Shows an edit and its cost while a handle is dragged; the live run and the history of edits wait until it is let go. */
  tryOut(change: Change): void;
  /** The handle was let go: the last edit tried becomes one edit, or nothing of it stays. */
  endTry(keep: boolean): void;
  /** Says at a field why what was typed is not taken, or takes that back. */
  refuse(field: FieldName, message: string | undefined): void;
  choosePreset(name: string): void;
  /** Takes the last edit of the experiment back, on the live run too. */
  undo(): void;
  /** Takes over an experiment that was offered as a way on. */
  tryWith(experiment: Readonly<Record<string, unknown>>): void;
  redo(): void;
  /** Takes over an experiment from a link that changed while the page was open. */
  followHash(hash: string): void;
  /** Shows the running experiment again. */
  discardWaiting(): void;
  dismissWords(): void;
}

/** Edits of the experiment in the controls, and what of them goes to the live run. */
export function createEditActions({ get, set, report, show, allow, configure, open, sendChange }: Shared): EditActions {
  const refuse: EditActions['refuse'] = (field, message) =>
    set(({ refusals: { [field]: _, ...others } }) => ({
      refusals: message === undefined ? others : { ...others, [field]: message },
    }));

  const note = (fields: string) => set({ edits: withEdit(get().edits, get().experiment, fields, Date.now()) });

  /** Shows a whole experiment and applies it to the live run, or lets it wait where a part needs a new run: half of it would be none. */
  const take = (experiment: Experiment) => {
    show(experiment, { refusals: {}, alsoChanged: [], held: false });
    report('controls', undefined);
    if (get().run === undefined || get().opening) return;
    if (waitingFields(get()).length > 0) set({ held: true });
    else sendChange(experiment);
  };

  const move = (to: { readonly experiment: Experiment; readonly edits: EditHistory } | undefined) => {
    if (to === undefined || !allow(to.experiment, 'controls')) return;
    set({ edits: to.edits });
    take(to.experiment);
  };

  let tried: Change | undefined;

  const actions: EditActions = {
    refuse,
    tryOut(change) {
      const base = get().trying ?? get().experiment;
      const edited = edit(base, change);
      if (!edited.ok || problemOfLocks(get().limits, edited.value.experiment) !== undefined) return;
      tried = change;
      show(edited.value.experiment, { trying: base, alsoChanged: edited.value.alsoChanged });
    },
    endTry(keep) {
      const base = get().trying;
      if (base === undefined || tried === undefined) return;
      const change = tried;
      tried = undefined;
      set({ experiment: base, trying: undefined, alsoChanged: [] });
      if (keep) actions.change(change);
      else show(base);
    },
    change(change) {
      const { experiment, run, held, opening } = get();
      const touched = Object.keys(change) as FieldName[];
      const edited = edit(experiment, change);
      if (!edited.ok) {
        const field = touched.find((name) => name === edited.error.where) ?? touched[0];
        if (field !== undefined) refuse(field, edited.error.message);
        return false;
      }
      const locked = problemOfLocks(get().limits, edited.value.experiment);
      if (locked !== undefined) {
        const field = touched.find((name) => name === locked.where) ?? touched[0];
        if (field !== undefined) refuse(field, locked.message);
        return false;
      }
      for (const name of touched) refuse(name, undefined);
      note(touched.join(' '));
      show(edited.value.experiment, { alsoChanged: edited.value.alsoChanged, startedAnew: [] });
      report('controls', undefined);
      if (run !== undefined && !held && !opening) sendChange(edited.value.experiment);
      return true;
    },
    choosePreset(name) {
      const preset = presetExperiment(name);
      if (!preset.ok) return report('controls', preset.error);
      if (!allow(preset.value, 'controls')) return;
      note('preset');
      take(preset.value);
    },
    tryWith(offered) {
      const parsed = parseExperiment(offered);
      if (!parsed.ok) return report('controls', parsed.error);
      if (!allow(parsed.value, 'controls')) return;
      note('offered');
      const { run, problems, executor } = get();
      if (run !== undefined && problems.failure === undefined) return take(parsed.value);
      show(parsed.value, { refusals: {}, alsoChanged: [], held: false });
      void open(parsed.value, executor);
    },
    undo: () => move(undone(get().edits, get().experiment)),
    redo: () => move(redone(get().edits, get().experiment)),
    followHash(hash) {
      const linked = experimentOfHash(hash);
      if (linked === undefined) return;
      report('link', linked.ok ? undefined : linked.error);
      if (!linked.ok) return;
      const taught = teachingOfHash(hash);
      if (taught !== undefined && !taught.ok) return report('link', taught.error);
      // A teacher's link sets its own locks; any other keeps those that are there.
      if (taught !== undefined) {
        set({ teaching: taught.value });
        configure({ limits: limitsOf(taught.value, linked.value) });
      } else if (!allow(linked.value, 'link')) return;
      note('link');
      show(linked.value, { held: true, refusals: {}, alsoChanged: [] });
    },
    discardWaiting() {
      const { run } = get();
      if (run === undefined || !allow(run.experiment, 'controls')) return;
      note('discard');
      show(run.experiment, { held: false, refusals: {}, alsoChanged: [] });
    },
    dismissWords: () => set({ alsoChanged: [], startedAnew: [], notice: undefined }),
  };
  return actions;
}
