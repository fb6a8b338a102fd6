import type { Provenance } from '../runs/run-record.ts';
import type { Executor } from '../runtime/executor.ts';
import type { Training } from '../trainer/training.ts';

/** What computes a training's next steps: this program on this executor, with these images. */
export const provenanceOf = (
  version: Pick<Provenance, 'appVersion' | 'commit'>,
  training: Training,
  executor: Executor,
): Provenance => ({
  ...version,
  executor: executor.name,
  device: executor.description,
  threads: executor.threads?.count,
  kernels: executor.report?.()?.kernels ?? '',
  dataChecksum: training.source.checksum,
});

/** Why the numbers of a run that goes on will not be, bit for bit, those it would have had, a sentence each; empty where they will. */
export function differences(before: Provenance, training: Training, executor: Executor): string[] {
  const notes: string[] = [];
  const kernels = executor.report?.()?.kernels ?? '';
  if (executor.name !== before.executor)
    notes.push(`This run was trained on ${before.executor}; on ${executor.name} its numbers will differ slightly.`);
  else if (executor.description !== before.device)
    notes.push(
      `This run was trained on ${before.device}; on ${executor.description} its numbers will differ slightly.`,
    );
  else if (kernels !== before.kernels)
    notes.push('This run was trained with other kernels; its numbers will differ slightly.');
  if (executor.name === 'interpreter')
    notes.push(
      'Checkpoints hold float32: on the interpreter, which computes in float64, numbers will differ slightly.',
    );
  if (training.source.checksum !== before.dataChecksum)
    notes.push('The images are not those this run was trained on: its numbers will differ.');
  return notes;
}
