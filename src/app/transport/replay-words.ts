import type { Experiment } from '../../experiment/experiment.ts';
import type { Replay } from '../../runs/replay.ts';
import type { RunChange } from '../../runs/run-record.ts';
import type { SameLosses } from '../../store/compare/same-losses.ts';
import { changeInWords } from '../../store/state.ts';

/** How far a replay has come, in a sentence or two. */
export function replayInWords({ made, changes, steps }: Replay, name: string): string {
  const next = changes[made];
  const came = `That run came to step ${steps}.`;
  if (changes.length === 0) return `A replay of ${name}, which was never changed. ${came}`;
  const count = `${made} of ${changes.length} ${changes.length === 1 ? 'change' : 'changes'} made`;
  if (next === undefined) return `A replay of ${name}: no change is to come (${count}). ${came}`;
  return `A replay of ${name}: ${count}, the next at step ${next.step}. ${came}`;
}

/** Whether the losses are those of the run that is repeated; nothing where that cannot be said. */
export function sameInWords(same: SameLosses | undefined, name: string): string {
  if (same === undefined || (same.compared === 0 && same.differsAt === undefined)) return '';
  if (same.differsAt !== undefined) return `From step ${same.differsAt} on its losses differ from those of ${name}.`;
  return `Its losses are those of ${name}, bit for bit, at all ${same.compared} steps that both have done.`;
}

/** What each change to come will do, one after another. */
export function toComeInWords(
  experiment: Experiment,
  toCome: readonly RunChange[],
): readonly { readonly step: number; readonly words: string }[] {
  let before = experiment;
  return toCome.map(({ step, change }) => {
    const after = { ...before, ...change };
    const words = changeInWords(before, after) || 'nothing that differs from what is set now';
    before = after;
    return { step, words };
  });
}
