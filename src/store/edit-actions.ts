import type { FieldName } from '../experiment/experiment.ts';
import { presetExperiment } from '../experiment/presets.ts';
import { type Change, edit } from './edit.ts';
import { experimentOfHash } from './share-link.ts';
import type { Shared } from './shared.ts';
import { waitingFields } from './state.ts';

export interface EditActions {
  /** Edits the experiment; false where the edit was refused, which is then said at its field. */
  change(change: Change): boolean;
  /** Says at a field why what was typed is not taken, or takes that back. */
  refuse(field: FieldName, message: string | undefined): void;
  choosePreset(name: string): void;
  /** Takes over an experiment from a link that changed while the page was open. */
  followHash(hash: string): void;
  /** Shows the running experiment again. */
  discardWaiting(): void;
  dismissWords(): void;
}

/** Edits of the experiment in the controls, and what of them goes to the live run. */
export function createEditActions({ get, set, report, show, sendChange }: Shared): EditActions {
  const refuse: EditActions['refuse'] = (field, message) =>
    set(({ refusals: { [field]: _, ...others } }) => ({
      refusals: message === undefined ? others : { ...others, [field]: message },
    }));

  return {
    refuse,
    change(change) {
      const { experiment, run, held, opening } = get();
      const touched = Object.keys(change) as FieldName[];
      const edited = edit(experiment, change);
      if (!edited.ok) {
        const field = touched.find((name) => name === edited.error.where) ?? touched[0];
        if (field !== undefined) refuse(field, edited.error.message);
        return false;
      }
      for (const name of touched) refuse(name, undefined);
      show(edited.value.experiment, { alsoChanged: edited.value.alsoChanged, startedAnew: [] });
      report('controls', undefined);
      if (run !== undefined && !held && !opening) sendChange(edited.value.experiment);
      return true;
    },
    choosePreset(name) {
      const preset = presetExperiment(name);
      if (!preset.ok) return report('controls', preset.error);
      show(preset.value, { refusals: {}, alsoChanged: [], held: false });
      report('controls', undefined);
      if (get().run === undefined || get().opening) return;
      // Half a preset would be none: where a part needs a new run, all of it waits.
      if (waitingFields(get()).length > 0) set({ held: true });
      else sendChange(preset.value);
    },
    followHash(hash) {
      const linked = experimentOfHash(hash);
      if (linked === undefined) return;
      report('link', linked.ok ? undefined : linked.error);
      if (linked.ok) show(linked.value, { held: true, refusals: {}, alsoChanged: [] });
    },
    discardWaiting() {
      const { run } = get();
      if (run !== undefined) show(run.experiment, { held: false, refusals: {}, alsoChanged: [] });
    },
    dismissWords: () => set({ alsoChanged: [], startedAnew: [], notice: undefined }),
  };
}
