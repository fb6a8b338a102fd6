import { type ExecutorName, executorNames } from '../runtime/executor.ts';
import { executorStates } from './executors.ts';
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
  if (wanted !== undefined && wanted !== name) return { choice: wanted, notes: [] };
  const known: ExecutorName | undefined = executorNames.find((executor) => executor === name);
  const state = (await executorStates()).find((candidate) => candidate.name === known);
  if (known !== undefined && state?.usable === true) return { choice: known, notes: [] };
  const why = state === undefined ? '' : `: ${state.reason}`;
  return { choice: 'auto', notes: [`${name} cannot be used here${why}.`] };
}
