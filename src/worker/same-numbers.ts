import type { Provenance } from '../runs/run-record.ts';
import { type ExecutorName, executorNames } from '../runtime/executor.ts';
import type { Training } from '../trainer/training.ts';
import { type ChosenExecutor, executorStates } from './executors.ts';
import type { ExecutorChoice } from './protocol.ts';

/**
 * The executor a stored run was made with, where it can be used here, and else which one stands in.
 *
 * @param wanted the user's choice of another
 */
export async function sameExecutor(
  name: string,
  wanted?: ExecutorChoice,
): Promise<{ readonly choice: ExecutorChoice; readonly notes: readonly string[] }> {
  if (wanted !== undefined && wanted !== name) {
    const notes = [`This run was trained on ${name}; on another executor its numbers will differ slightly.`];
    return { choice: wanted, notes };
  }
  const known: ExecutorName | undefined = executorNames.find((executor) => executor === name);
  const state = (await executorStates()).find((candidate) => candidate.name === known);
  if (known !== undefined && state?.usable === true) return { choice: known, notes: [] };
  const why = state === undefined ? '' : `: ${state.reason}`;
  return {
    choice: 'auto',
    notes: [
      `This run was trained on ${name}, which cannot be used here${why}. On another its numbers will differ slightly.`,
    ],
  };
}

/** Why the numbers of a run that goes on will not be, bit for bit, those it would have had; empty where they will. */
export function differences(
  { device, kernels, dataChecksum, executor: executorName }: Provenance,
  training: Training,
  { executor }: ChosenExecutor,
): string[] {
  const notes: string[] = [];
  const kernelsNow = executor.report?.()?.kernels ?? '';
  if (executor.name === executorName && executor.description !== device)
    notes.push(`This run was trained on ${device}; on ${executor.description} its numbers will differ slightly.`);
  else if (executor.name === executorName && kernelsNow !== kernels)
    notes.push('This run was trained with other kernels; its numbers will differ slightly.');
  if (executor.name === 'interpreter')
    notes.push(
      'Checkpoints hold float32: on the interpreter, which computes in float64, numbers will differ slightly.',
    );
  if (training.source.checksum !== dataChecksum)
    notes.push('The images are not those this run was trained on: its numbers will differ.');
  return notes;
}
