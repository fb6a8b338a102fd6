import type { Experiment } from '../../experiment/experiment.ts';
import { configurationOf } from '../../methods/configuration.ts';
import { meaningless } from '../../store/meaning.ts';

/** What the user should know of patches under this experiment (method.md 5), in sentences. */
export function patchNotes(experiment: Experiment): string[] {
  const { method, pff, patches } = experiment;
  if (pff === 'none' || meaningless(experiment, 'pff') !== undefined) return [];
  if (pff === 'released') {
    if (method === 'infopro') return [];
    return [
      `Released PFF works on decoders only, and ${method} has none: it does nothing here. The paper's form works on heads.`,
    ];
  }
  const notes: string[] = [];
  const { aux } = configurationOf(experiment);
  const equal = [32, 16, 8].every((side) => side % patches === 0);
  if (aux.convolutions === 0 && aux.layers === 1 && equal && experiment.localLoss === 'cross_entropy') {
    notes.push('With the head 0c1f and equal patches, the averaged classifier is exactly the plain head.');
  }
  if (!equal)
    notes.push(
      `A grid of ${patches}\u00d7${patches} does not divide every feature map: what is left over is not seen.`,
    );
  return notes;
}
