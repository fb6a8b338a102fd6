import type { Experiment, FieldName } from '../experiment/experiment.ts';
import { fieldNames } from '../experiment/fields.ts';
import { configurationOf } from '../methods/configuration.ts';
import { type Term, termsOf } from '../methods/terms.ts';

/** The loss terms of an experiment. */
export const termsOfExperiment = (experiment: Experiment): Term[] => termsOf(configurationOf(experiment));

/** Whether any module carries a classifier head, and whether any carries a decoder. */
function auxiliaries(experiment: Experiment): { readonly heads: boolean; readonly decoders: boolean } {
  const terms = termsOfExperiment(experiment);
  const last = terms.at(-1)?.module ?? 0;
  return { heads: terms.some((term) => term.module < last), decoders: terms.some((term) => term.reconstruct) };
}

const ofHeads: readonly FieldName[] = [
  'pff',
  'patches',
  'patchesAtOnce',
  'aux',
  'auxDim',
  'widen',
  'localLoss',
  'ixx',
  'ixy',
];
const ofHilo: readonly FieldName[] = ['wx', 'wy', 'firstIndependent'];
const ofInfopro: readonly FieldName[] = ['decoderHidden', 'ixx', 'ixy'];

/** Asked for by every control at every change of the page, so answered once per experiment. */
const known = new WeakMap<Experiment, ReadonlyMap<FieldName, string>>();

/**
 * Why a field changes nothing while the others are as they are, or undefined where it counts. The page disables such
 * fields and says this.
 */
export function meaningless(experiment: Experiment, field: FieldName): string | undefined {
  let reasons = known.get(experiment);
  if (reasons === undefined) {
    reasons = new Map(
      fieldNames.flatMap((name) => {
        const reason = findReason(experiment, name);
        return reason === undefined ? [] : [[name, reason] as const];
      }),
    );
    known.set(experiment, reasons);
  }
  return reasons.get(field);
}

function findReason(experiment: Experiment, field: FieldName): string | undefined {
  const { method, hilo, pff, localLoss } = experiment;
  const { heads, decoders } = auxiliaries(experiment);
  const single = termsOfExperiment(experiment).length === 1;
  const local: readonly FieldName[] = [...ofHeads, ...ofHilo, 'hilo', 'window', 'decoderHidden'];
  if (local.includes(field)) {
    if (method === 'bp') return 'Back-propagation has one loss, at the head: there are no local losses to set.';
    if (single) return 'With one module the only loss is at the head. Cut the network to have local losses.';
  }
  if (ofHilo.includes(field) && !hilo) return 'Only with HiLo are there independent and cascade losses.';
  if (ofInfopro.includes(field) && method !== 'infopro')
    return 'Only InfoPro has a reconstruction beside the task loss.';
  if (ofHeads.includes(field) && !heads)
    return 'No module carries an auxiliary network: with K = 2 under HiLo both losses are at the head.';
  if (field === 'decoderHidden' && !decoders) return 'No module carries a decoder.';
  if ((field === 'patches' || field === 'patchesAtOnce') && pff === 'none') return 'Without PFF there are no patches.';
  if ((field === 'patches' || field === 'patchesAtOnce') && pff === 'released' && !decoders) {
    return 'Released PFF cuts patches for decoders only, and there is no decoder.';
  }
  if (method === 'greedy' && (field === 'aux' || field === 'localLoss' || field === 'auxDim' || field === 'widen')) {
    return 'Greedy learning means linear heads (0c1f) with cross-entropy.';
  }
  if (field === 'auxDim' && experiment.aux.endsWith('1f') && localLoss === 'cross_entropy') {
    return 'A head of one linear layer has no hidden width.';
  }
  if (field === 'widen' && experiment.aux === '0c1f' && !decoders) return 'A linear head has no width to widen.';
  if (field === 'warmup' && experiment.schedule !== 'cosine-epoch')
    return 'Only the schedule cosine-epoch has this warm-up.';
  if (field === 'nesterov' && experiment.momentum === 0) return "Without momentum, Nesterov's makes no difference.";
  if (field === 'bn' && !releasedStatistics(experiment)) {
    return 'Always "once" here: "released" has a meaning only with HiLo, window 2, at least two modules and no first independent loss.';
  }
  return undefined;
}

/** Whether `bn: released` repeats something the released code does. */
export function releasedStatistics(experiment: Experiment): boolean {
  const { method, hilo, window, firstIndependent } = experiment;
  const several = termsOfExperiment(experiment).length > 1;
  return method !== 'bp' && hilo && window === 2 && several && !firstIndependent;
}
