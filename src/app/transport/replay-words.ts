import type { Experiment } from '../../experiment/experiment.ts';
import type { Replay } from '../../runs/replay.ts';
import type { RunChange } from '../../runs/run-record.ts';
import type { SameLosses } from '../../store/compare/same-losses.ts';
import { changeInWords } from '../../store/state.ts';

/** How far a replay has come, and whether it is the same run so far, in one line. */
export function replayInWords({ made, changes }: Replay, name: string, same: SameLosses | undefined): string {
  const next = changes[made];
  const count = `${made} of ${changes.length} ${changes.length === 1 ? 'change' : 'changes'} made`;
  const words = [
    changes.length === 0 ? 'it was never changed' : count,
    ...(next === undefined ? [] : [`the next at step ${next.step}`]),
    ...sameInWords(same),
  ];
  return `Replay of ${name}: ${words.join(', ')}.`;
}

function sameInWords(same: SameLosses | undefined): readonly string[] {
  if (same?.differsAt !== undefined) return [`losses differ from step ${same.differsAt} on`];
  if (same === undefined || same.compared === 0) return [];
  return [`losses bit for bit the same at all ${same.compared} steps that both have done`];
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
