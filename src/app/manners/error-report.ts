import type { buildVersion } from '../../base/build-version.ts';
import type { Problem } from '../../base/result.ts';
import { provenanceNow, type RunRecord } from '../../runs/run-record.ts';
import type { Progress } from '../../worker/protocol.ts';
import { computedInWords } from '../runs/computed-words.ts';

/** What an error report is made of. Nothing of it is sent: the user copies it. */
export interface Failure {
  /** Of the page; a run that was made by another build says so in its own record. */
  readonly build: typeof buildVersion;
  readonly problem: Problem;
  readonly record: RunRecord | undefined;
  readonly progress: Progress | undefined;
  readonly browser: string;
  readonly stack?: string | undefined;
}

/** A report of what went wrong, with all that is needed to see it again: versions, device, and the run as `train` takes it. No images, no weights. */
export function errorReport({ build, problem, record, progress, browser, stack }: Failure): string {
  const { executor, device, threads, kernels, dataChecksum } = record === undefined ? {} : provenanceNow(record);
  const lines: readonly (readonly [string, string | number | undefined])[] = [
    ['HPFF Playground', `${build.appVersion}, commit ${build.commit || 'unknown'}`],
    ['Problem', problem.message],
    ['Where', problem.where],
    ['Step', progress && `${progress.step} of ${progress.totalSteps}`],
    ['Executor', executor],
    ['Device', device],
    ['Threads', threads],
    ['Adapter', progress?.device?.adapter],
    ['Kernels', kernels],
    ['Computed on', record && record.handovers.length > 0 ? computedInWords(record).join('; ') : undefined],
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
