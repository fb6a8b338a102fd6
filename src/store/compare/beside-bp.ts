import type { Experiment } from '../../experiment/experiment.ts';
import { fieldNames } from '../../experiment/fields.ts';
import { experimentNow, type RunRecord } from '../../runs/run-record.ts';
import { edit } from '../edit.ts';
import { meaningless } from '../meaning.ts';
import { modulesOf } from './experiment-words.ts';

/** A run under local learning, and the same under back-propagation. */
export interface Pair {
  readonly local: RunRecord;
  readonly bp: RunRecord;
}

/** Under back-propagation cuts and probes are for looking only. */
const forLooking: ReadonlySet<string> = new Set(['cuts', 'probes']);

/** Fields that count under back-propagation, where two runs of it must agree. */
const differs = (wanted: Experiment, bp: Experiment): boolean =>
  fieldNames.some(
    (name) =>
      !forLooking.has(name) &&
      meaningless(wanted, name) === undefined &&
      JSON.stringify(wanted[name]) !== JSON.stringify(bp[name]),
  );

/** Of the runs shown, those under local learning, each with the newest run of the same under back-propagation. `all` is newest first. */
export function pairsWithBp(shown: readonly RunRecord[], all: readonly RunRecord[]): readonly Pair[] {
  return shown.flatMap((local) => {
    const experiment = experimentNow(local);
    if (modulesOf(experiment) < 2) return [];
    const wanted = edit(experiment, { method: 'bp' });
    if (!wanted.ok) return [];
    const bp = all.find((run) => {
      const other = experimentNow(run);
      return other.method === 'bp' && !differs(wanted.value.experiment, other);
    });
    return bp === undefined ? [] : [{ local, bp }];
  });
}

/** Less than this share apart counts as equal. */
const equal = 0.005;

/** What local learning saves and what it costs in a pair, a sentence or two; planned figures, so that it can be said before either has ended. */
export function verdictOfPair({ local, bp }: Pair): string {
  const memory = local.summary.plannedBytes / bp.summary.plannedBytes;
  const arithmetic = multiplyAddsOf(local) / multiplyAddsOf(bp);
  if (!(memory > 0) || !Number.isFinite(memory)) return 'Planning.';
  const held =
    memory < 1 - equal
      ? `A step holds ${percent(1 - memory)} less memory than back-propagation.`
      : memory > 1 + equal
        ? `A step needs ${percent(memory - 1)} more memory than back-propagation: nothing is saved with these cuts.`
        : 'A step needs as much memory as back-propagation: nothing is saved with these cuts.';
  if (arithmetic > 1 + equal) {
    const cause = 'every module trains auxiliary networks of its own';
    return `${held} It needs ${memory < 1 - equal ? 'more' : 'also more'} arithmetic, ${arithmetic.toFixed(2)} times as much: ${cause}.`;
  }
  return arithmetic < 1 - equal ? `${held} It needs ${percent(1 - arithmetic)} less arithmetic.` : held;
}

/** Multiply-adds of one image in a training step. */
export const multiplyAddsOf = (run: RunRecord): number => run.summary.multiplyAdds / experimentNow(run).batch;

const percent = (share: number): string => `${(share * 100).toFixed(0)}\u00a0%`;
