import { type RunRecord, stretchesOf } from '../../runs/run-record.ts';
import { deviceInWords } from '../../runtime/executor.ts';

/** Which steps of a run were computed on what, a line for each stretch. */
export function computedInWords(run: Pick<RunRecord, 'provenance' | 'handovers'>): string[] {
  const stretches = stretchesOf(run);
  return stretches.map(({ step, provenance: { executor, device, threads, appVersion, commit } }, index) => {
    const next = stretches[index + 1];
    const steps = next === undefined ? `from step ${step + 1} on` : `steps ${step + 1} to ${next.step}`;
    const build = commit === '' ? appVersion : `${appVersion}, commit ${commit.slice(0, 12)}`;
    const where = deviceInWords({
      description: device,
      threads: threads === undefined ? undefined : { count: threads },
    });
    return `${steps}: ${executor} on ${where} (version ${build})`;
  });
}
