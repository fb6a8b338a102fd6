import { createMemoryStore, type FileStore } from '../archive/file-store.ts';
import { RunArchive } from '../archive/run-archive.ts';
import { createOwnLocks } from '../base/locks.ts';
import { expectOk, type Problem } from '../base/result.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { startingExperiment } from '../experiment/presets.ts';
import type { Measurement } from '../runs/measurement.ts';
import type { RunRecord } from '../runs/run-record.ts';
import type { ExecutorName } from '../runtime/executor.ts';
import type { Progress, RunInfo } from './protocol.ts';
import { Session } from './session.ts';

export const small: Experiment = {
  ...startingExperiment,
  widths: [4, 4, 4, 4],
  auxDim: 4,
  batch: 5,
  trainSize: 20,
  testSize: 10,
  schedule: 'constant',
};

/** Files of the archives made here, for another that finds them. */
const files = new WeakMap<RunArchive, FileStore>();
export const filesOf = (archive: RunArchive): FileStore => files.get(archive) as FileStore;

export function memoryArchive(): RunArchive {
  const store = createMemoryStore();
  const archive = new RunArchive(store, createOwnLocks());
  files.set(archive, store);
  return archive;
}

export function listen(archive = memoryArchive()) {
  const measured: Measurement[] = [];
  const failures: Problem[] = [];
  const records = new Map<string, RunRecord>();
  const stored: (Problem | undefined)[] = [];
  const repeated: RunInfo[] = [];
  let progress: Progress | undefined;
  const session = new Session(
    {
      measured: (measurement) => measured.push(measurement),
      progress: (given) => {
        progress = given;
      },
      preparing: () => undefined,
      failed: (problem) => failures.push(problem),
      recorded: (record) => records.set(record.id, record),
      storing: (problem) => stored.push(problem),
      replayed: (run) => repeated.push(run),
      replayEnded: (problem) => failures.push(problem),
    },
    { wasmPaths: undefined, archive, version: { appVersion: 'test', commit: '' } },
  );
  return { session, measured, failures, records, stored, repeated, archive, now: () => progress };
}

/** A session with a run on the interpreter. */
export async function open(
  changes: Partial<Experiment> = {},
  executor: ExecutorName = 'interpreter',
  archive = memoryArchive(),
) {
  const listening = listen(archive);
  const info = expectOk(await listening.session.open({ ...small, ...changes }, executor));
  return { ...listening, info };
}

export type Opened = Pick<Awaited<ReturnType<typeof open>>, 'session' | 'now'>;

/** Plays single steps until `step` is done. */
export async function playTo({ session, now }: Opened, step: number): Promise<void> {
  while ((now()?.step ?? 0) < step) {
    expectOk(session.play('step'));
    const before = now()?.step ?? 0;
    while ((now()?.step ?? 0) === before || ['running', 'evaluating'].includes(now()?.status ?? ''))
      await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const lossesOf = (measured: readonly Measurement[]) =>
  new Map(measured.filter(({ phase }) => phase === 'train').map(({ step, final }) => [step, final.loss]));

/** Resolves once the run's checkpoint of `step` is stored. */
export async function storedStep(archive: RunArchive, run: string, step: number): Promise<void> {
  while (!expectOk(await archive.run(run).checkpointSteps()).includes(step))
    await new Promise((resolve) => setTimeout(resolve, 5));
}
