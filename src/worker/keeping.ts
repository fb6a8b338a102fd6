import { provenanceOf } from '../archive/provenance.ts';
import { newRunId } from '../archive/run-id.ts';
import { beginRecord, RunRecorder } from '../archive/run-recorder.ts';
import { ok, type Result } from '../base/result.ts';
import { History } from '../runs/history.ts';
import type { Replay } from '../runs/replay.ts';
import { handedOver } from '../runs/run-record.ts';
import type { Training } from '../trainer/training.ts';
import type { ChosenExecutor } from './executors.ts';
import type { GivenRun } from './given-run.ts';
import type { LiveRun } from './live-run.ts';
import type { SessionSurroundings } from './session-surroundings.ts';

/** What a new run is called, and which run it repeats, if any. */
export interface Naming {
  readonly name?: string | undefined;
  readonly group?: string | undefined;
  readonly replay?: Replay | undefined;
}

/** The recorder of a new run or of a stored one, and the right to write it. */
export type Kept = Pick<LiveRun, 'recorder' | 'unlock'>;

/** How a training that is opened will be kept. */
export interface Keeping {
  /** The stored run it continues. */
  readonly of: string | undefined;
  readonly make: (training: Training, chosen: ChosenExecutor) => Promise<Result<Kept>>;
}

/**
 * Keeps a training that is opened as a new run.
 *
 * @param whole what a run that was exported whole had before
 */
export function keepAsNew(
  { archive, version }: Pick<SessionSurroundings, 'archive' | 'version'>,
  { name, group, replay }: Naming,
  whole?: GivenRun['whole'],
): Keeping {
  const make: Keeping['make'] = async (training, { executor }) => {
    const id = newRunId();
    const lock = await archive.lock(id);
    if (!lock.ok) return lock;
    const provenance = provenanceOf(version, training, executor);
    const begun = beginRecord({ id, name, group, experiment: training.experiment, provenance, replay });
    // It says where its numbers come from; its id may be that of a run that is stored here.
    const record =
      whole === undefined ? begun : handedOver({ ...whole.record, id }, training.position.step, provenance);
    const history = whole?.history ?? new History();
    return ok({ recorder: new RunRecorder(record, history, archive.run(id)), unlock: lock.value });
  };
  return { of: undefined, make };
}
