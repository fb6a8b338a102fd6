import { awakeNow } from '../base/awake-clock.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { ImageFormat } from '../datasets/image-formats.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { budgetOf, checkLocks, type MemoryBudget, noLimits } from '../experiment/limits.ts';
import { checkBudget, withRemedies } from '../methods/memory-budget.ts';
import { startingSettings } from '../runs/settings.ts';
import { readAll, writeAll } from '../trainer/persistent.ts';
import { Training } from '../trainer/training.ts';
import { describeData } from './data-view.ts';
import type { DataShelf } from './datasets.ts';
import { type ChosenExecutor, chooseExecutor, executorStates, nameOfChoice } from './executors.ts';
import type { Keeping, Kept } from './keeping.ts';
import { LiveRun } from './live-run.ts';
import { progressOf } from './progress.ts';
import type { ExecutorChoice, RunInfo, RunStatus } from './protocol.ts';
import type { SessionListener, SessionSurroundings } from './session-surroundings.ts';

/** Milliseconds between two messages of the live run's record. */
const recordInterval = 1000;

/** What is to be the live run. */
export interface Replacement {
  readonly experiment: Experiment;
  readonly choice: ExecutorChoice;
  /** Length of the schedule, where it is not the experiment's. */
  readonly totalSteps: number | undefined;
  readonly keeping: Keeping;
  /** Brings the training to where it begins, or refuses it. */
  readonly ready: (training: Training, chosen: ChosenExecutor) => Promise<Result<void>>;
}

/** The place of the one live run: how it is replaced, kept and told of, and what must not happen at the same time. */
export class LivePlace {
  live: LiveRun | undefined;
  settings = startingSettings;
  /** What a teacher's link allows. */
  limits = noLimits;
  /** What moves or replaces the run happens one after the other; play, pause and scalars never wait for it. */
  private queue: Promise<unknown> = Promise.resolve();
  private preparing = false;
  /** The live run's peak before its executor was last told to forget it. */
  private peakBefore = 0;
  private recordTold = Number.NEGATIVE_INFINITY;
  private readonly now: () => number;

  constructor(
    private readonly listener: SessionListener,
    private readonly surroundings: SessionSurroundings,
    private readonly shelf: DataShelf,
  ) {
    this.now = surroundings.now ?? awakeNow;
  }

  /** Tells the page where the run stands. */
  report(): void {
    if (this.live === undefined) return;
    const { training, runner, chosen, recorder } = this.live;
    const status: RunStatus = this.preparing ? 'preparing' : runner.status;
    const progress = progressOf(training, runner, chosen, status);
    const peakBytes = Math.max(progress.peakBytes, this.peakBefore);
    this.listener.progress({ ...progress, keptStep: recorder.lastSaved, peakBytes });
    if (this.now() - this.recordTold > recordInterval) this.tellRecord();
  }

  /**
   * Opens a training and makes it the live one, once `ready` agrees. On the executor of the live run, that run's values are set aside
   * first and brought back where this fails.
   */
  async replace({ experiment, choice, totalSteps, keeping, ready }: Replacement): Promise<Result<void>> {
    const unlocked = checkLocks(this.limits, experiment);
    if (!unlocked.ok) return unlocked;
    const dataset = await this.shelf.get(experiment, this.listener.preparing);
    if (!dataset.ok) return dataset;
    const { format } = dataset.value;
    const allowed = this.allowed(experiment, format);
    if (!allowed.ok) return allowed;
    const before = this.live;
    await before?.runner.settle();
    // A run that goes back to its last checkpoint must not write another first.
    if (keeping.of !== before?.recorder.record.id) await before?.keepNow();
    await before?.drain();
    const usable = before !== undefined && !before.deviceLost;
    const shared = usable && before.chosen.executor.name === (await nameOfChoice(choice));
    this.listener.preparing('executor', undefined);
    const chosen = shared ? ok(before.chosen) : await chooseExecutor(choice, this.surroundings.wasmPaths);
    if (!chosen.ok) return chosen;
    const { executor } = chosen.value;
    const aside = shared ? await readAll(executor, before.training.values.keys()) : undefined;
    if (aside !== undefined && !aside.ok) return aside;
    if (shared) before.training.dispose();

    this.listener.preparing('training step', undefined);
    const training = await Training.open(experiment, dataset.value, executor, { totalSteps, now: this.now });
    const agreed = training.ok ? await ready(training.value, chosen.value) : training;
    const kept = training.ok && agreed.ok ? await keeping.make(training.value, chosen.value) : agreed;
    if (training.ok && kept.ok && kept.value !== undefined) {
      if (before !== undefined) await before.leave(kept.value.unlock);
      if (!shared) {
        before?.training.dispose();
        before?.chosen.executor.dispose();
      }
      this.adopt(training.value, chosen.value, kept.value);
      return ok(undefined);
    }
    if (training.ok) training.value.dispose();
    if (!shared) executor.dispose();
    else if (aside !== undefined) await this.bringBack(before, aside.value);
    return kept.ok ? ok(undefined) : { ok: false, error: withRemedies(kept.error, experiment, format) };
  }

  /** Whether an experiment may be the live run here. */
  allowed(experiment: Experiment, format: ImageFormat): Result<void> {
    const unlocked = checkLocks(this.limits, experiment);
    return unlocked.ok ? checkBudget(experiment, format, this.budget) : unlocked;
  }

  /** What a step's plan may come to. */
  get budget(): MemoryBudget | undefined {
    return budgetOf(this.settings, this.limits);
  }

  /** Makes the run before live again, with the values it had. */
  private async bringBack(before: LiveRun, contents: Parameters<typeof writeAll>[1]): Promise<void> {
    const { experiment, source, position, seconds } = before.training;
    const { totalSteps } = position;
    const again = await Training.open(experiment, source, before.chosen.executor, { totalSteps, now: this.now });
    const written = again.ok ? await writeAll(before.chosen.executor, contents) : again;
    if (!again.ok || !written.ok) {
      this.live = undefined;
      this.listener.failed({ message: 'The run before could not be brought back. Start a new run, or resume it.' });
      return;
    }
    again.value.moveTo(position.step, seconds);
    this.adopt(again.value, before.chosen, before);
  }

  /** Makes an opened training the live run. */
  adopt(training: Training, chosen: ChosenExecutor, { recorder, unlock }: Kept): LiveRun {
    const live: LiveRun = new LiveRun(training, chosen, recorder, unlock, () => this.settings, this.now, {
      measured: this.listener.measured,
      changed: (status) => {
        if (this.live !== live) return;
        this.report();
        this.tellRecord();
        if (status === 'paused' || status === 'finished') this.keepResting(live);
      },
      failed: (problem) => {
        this.tellRecord();
        this.listener.failed(withRemedies(problem, training.experiment, training.dataset.format));
      },
      kept: (problem) => {
        if (problem?.fault === 'storage-full') void this.makeRoom(live);
        // A lost device is no trouble of storing: the next step says it, and the run goes back.
        if (problem?.fault !== 'device-lost') this.listener.storing(problem);
        this.tellRecord();
        // Where the run would go on is another step now.
        this.report();
      },
      allow: (experiment) => this.allowed(experiment, training.dataset.format),
      replayed: async (startedAnew) => {
        if (this.live === live) this.listener.replayed(await this.info(startedAnew));
        this.report();
      },
      replayEnded: this.listener.replayEnded,
    });
    chosen.executor.resetPeak();
    this.peakBefore = 0;
    this.live = live;
    this.tellRecord();
    return live;
  }

  /** Keeps a run that is at rest; a step that a pause holds is finished first. */
  keepResting(live: LiveRun): void {
    void this.inTurn(async () => {
      if (this.live === live) await live.runner.exclusive(() => live.keepNow());
    });
  }

  /** Frees what deleted runs hold, and tries once more where that helped. */
  private async makeRoom(live: LiveRun): Promise<void> {
    const purged = await this.surroundings.archive.purge(0);
    if (!purged.ok || purged.value === 0) return;
    live.keepSoon();
    if (live.runner.status !== 'running') this.keepResting(live);
  }

  private tellRecord(): void {
    if (this.live === undefined) return;
    this.recordTold = this.now();
    this.listener.recorded(this.live.record);
  }

  /** The live run as the page shows it; there must be one. */
  async info(startedAnew: readonly string[]): Promise<RunInfo> {
    const { training, chosen, record } = this.live as LiveRun;
    const { stepsPerEpoch, totalSteps } = training.position;
    return {
      id: record.id,
      record,
      experiment: training.experiment,
      executor: chosen.executor.name,
      description: chosen.executor.description,
      threads: chosen.executor.threads,
      note: chosen.note,
      executors: await executorStates(),
      stepsPerEpoch,
      totalSteps,
      data: describeData(training.dataset),
      startedAnew,
    };
  }

  /** In turn, with the page told that something is prepared. */
  busy<Made>(what: string, body: () => Promise<Result<Made>>): Promise<Result<Made>> {
    return this.inTurn(async () => {
      this.preparing = true;
      this.listener.preparing(what, undefined);
      try {
        return await body();
      } finally {
        this.preparing = false;
        this.report();
      }
    });
  }

  /** After all that was asked for before. */
  inTurn<Made>(body: () => Promise<Made>): Promise<Made> {
    const made = this.queue.then(body);
    this.queue = made.catch(() => undefined);
    return made;
  }

  /** With the live run, or a refusal where there is none. */
  async withLive<Made>(body: (live: LiveRun) => Promise<Result<Made>>): Promise<Result<Made>> {
    return this.live === undefined ? noRun : body(this.live);
  }

  /** Remembers the live run's peak and has its executor begin anew: what was held beside the run is none of its own. */
  forgetPeak(live: LiveRun, peak: number): void {
    this.peakBefore = peak;
    live.chosen.executor.resetPeak();
  }
}

/** What is answered where there is no live run. */
export const noRun = fail('There is no run yet. Wait until it is prepared, or start a new one.');
