import type { Result } from '../../base/result.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { type Change, type Edited, edit } from '../edit.ts';
import { modulesOf } from './experiment-words.ts';

/** The same experiment with one thing taken away or added: a row of the paper's ablation. */
export interface Variant {
  readonly key: 'bp' | 'withoutHilo' | 'withoutPff' | 'withHilo' | 'withPff';
  /** "Same, with BP". */
  readonly title: string;
  readonly edited: Result<Edited>;
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
