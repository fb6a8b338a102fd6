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
