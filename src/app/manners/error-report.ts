import type { Problem } from '../../base/result.ts';
import type { RunRecord } from '../../runs/run-record.ts';
import type { Progress } from '../../worker/protocol.ts';

/** What an error report is made of. Nothing of it is sent: the user copies it. */
export interface Failure {
  readonly problem: Problem;
  readonly record: RunRecord | undefined;
  readonly progress: Progress | undefined;
  readonly browser: string;
  readonly stack?: string | undefined;
}

/** A report of what went wrong, with all that is needed to see it again: versions, device, and the run as `train` takes it. No images, no weights. */
export function errorReport({ problem, record, progress, browser, stack }: Failure): string {
  const { appVersion, commit, executor, device, kernels, dataChecksum } = record?.provenance ?? {};
  const lines: readonly (readonly [string, string | number | undefined])[] = [
    ['HPFF Playground', appVersion === undefined ? undefined : `${appVersion}, commit ${commit}`],
    ['Problem', problem.message],
    ['Where', problem.where],
    ['Step', progress && `${progress.step} of ${progress.totalSteps}`],
    ['Executor', executor],
    ['Device', device],
    ['Kernels', kernels],
    ['Held bytes', progress && `${progress.heldBytes}, at most ${progress.peakBytes}`],
    ['Data checksum', dataChecksum],
    ['Browser', browser],
    ['Stack', stack],
    ['Experiment', record && JSON.stringify(record.experiment)],
    ['Changes', record && record.changes.length > 0 ? JSON.stringify(record.changes) : undefined],
  ];
  return lines
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}
