import type { Result } from '../../base/result.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { RunRecord } from '../../runs/run-record.ts';
import { type Change, type Edited, edit } from '../edit.ts';
import type { RunQueue } from '../sweep/queue.ts';
import { modulesOf } from './experiment-words.ts';

/** The same experiment with one thing taken away or added: a row of the paper's ablation. */
export interface Variant {
  readonly key: 'bp' | 'withoutHilo' | 'withoutPff' | 'withHilo' | 'withPff';
  /** "Same, with BP". */
  readonly title: string;
  readonly edited: Result<Edited>;
}

/**
 * The run whose variants are offered: the live one, or while a run of the queue is live the newest that was begun by hand, so that one click
 * after the other compares with the same run.
 *
 * @param runs newest first
 */
export function comparedWith(
  runs: readonly RunRecord[],
  live: string | undefined,
  { entries }: RunQueue,
): RunRecord | undefined {
  const queued = new Set(
    entries.flatMap(({ state }) => ('run' in state && state.run !== undefined ? [state.run] : [])),
  );
  const own = runs.find(({ id }) => id === live);
  if (own === undefined || !queued.has(own.id)) return own;
  return runs.find(({ id, summary }) => !queued.has(id) && summary.step > 0) ?? own;
}

/** What an experiment can be compared with in one click. */
export function variantsOf(experiment: Experiment): readonly Variant[] {
  const { method, hilo, pff } = experiment;
  if (method === 'bp') return [];
  const local = modulesOf(experiment) > 1;
  const variant = (key: Variant['key'], title: string, change: Change): Variant => ({
    key,
    title,
    edited: edit(experiment, change),
  });
  return [
    variant('bp', 'Same, with BP', { method: 'bp' }),
    ...(hilo ? [variant('withoutHilo', 'Same, without HiLo', { hilo: false })] : []),
    ...(pff !== 'none' ? [variant('withoutPff', 'Same, without PFF', { pff: 'none' })] : []),
    ...(!hilo && local ? [variant('withHilo', 'Same, with HiLo', { hilo: true })] : []),
    ...(pff === 'none' && local ? [variant('withPff', 'Same, with PFF', { pff: 'paper' })] : []),
  ];
}
