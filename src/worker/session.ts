import { ownLength, readResumption } from '../archive/resumption.ts';
import type { RunArchive } from '../archive/run-archive.ts';
import { newRunId } from '../archive/run-id.ts';
import { beginRecord, RunRecorder } from '../archive/run-recorder.ts';
import type { SetFiles } from '../archive/sets/set-cache.ts';
import { fail, ok, type Problem, type Result } from '../base/result.ts';
import { changedFields, effectOf } from '../experiment/changes.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Effect } from '../experiment/fields.ts';
import type { ExportedFile } from '../formats/export-run.ts';
import { checkBudget, withRemedies } from '../methods/memory-budget.ts';
import { type ExportFormatName, type ExportOptions, plainExport } from '../runs/export-formats.ts';
import type { GradientCost, GradientMeasurement } from '../runs/gradient-measurement.ts';
import { History } from '../runs/history.ts';
import type { InsightAnswer, InsightQuestion } from '../runs/insight.ts';
import type { Measurement } from '../runs/measurement.ts';
import type { Provenance, RunRecord } from '../runs/run-record.ts';
import { type Settings, startingSettings } from '../runs/settings.ts';
import { checkCheckpoint, restoreCheckpoint, saveCheckpoint } from '../trainer/checkpoint.ts';
import { yieldByMessage } from '../trainer/gate.ts';
import { gradientCost, measureGradients } from '../trainer/gradients.ts';
import { lookAtImages } from '../trainer/look.ts';
import { readAll, writeAll } from '../trainer/persistent.ts';
import { predictTest } from '../trainer/predictions.ts';
import { isEvaluationDue } from '../trainer/runner.ts';
import { Training } from '../trainer/training.ts';
import type { DataInfo, DataRequest, HubOffer, SetView, StoredSets } from './data-protocol.ts';
import { describeData, viewData } from './data-view.ts';
import { DataShelf } from './datasets.ts';
import { type ChosenExecutor, chooseExecutor, executorStates, nameOfChoice } from './executors.ts';
import { exportLive } from './export-live.ts';
import { type GivenRun, readGivenRun } from './given-run.ts';
import { LiveRun } from './live-run.ts';
import { progressOf } from './progress.ts';
import type { Answers, ExecutorChoice, Progress, RunInfo, RunStatus } from './protocol.ts';
import { differences, sameExecutor } from './same-numbers.ts';
import { StoredRuns } from './stored-runs.ts';

export interface SessionListener {
  measured(measurement: Measurement): void;
  progress(progress: Progress): void;
  preparing(what: string, share: number | undefined): void;
  failed(problem: Problem): void;
  /** A record is new or changed. */
  recorded(record: RunRecord): void;
  /** Storing the live run failed, or works again. */
  storing(problem: Problem | undefined): void;
}

/** What a session needs of the world around it. */
export interface SessionSurroundings {
  /** Where tfjs' .wasm files are; left out on Node, which finds them. */
  readonly wasmPaths: Readonly<Record<string, string>> | undefined;
  readonly archive: RunArchive;
  readonly version: Pick<Provenance, 'appVersion' | 'commit'>;
  /** Where decoded images are kept; left out where the browser has no private files. */
  readonly sets?: SetFiles | undefined;
}

/** Milliseconds between two messages of the live run's record. */
const recordInterval = 1000;

export interface Naming {
  readonly name?: string | undefined;
  readonly group?: string | undefined;
}

/** The recorder of a new run or of a stored one, and the right to write it. */
type Kept = Pick<LiveRun, 'recorder' | 'unlock'>;

/** How a training that is opened will be kept. */
interface Keeping {
  /** The stored run it continues. */
  readonly of: string | undefined;
  readonly make: (training: Training, chosen: ChosenExecutor) => Promise<Result<Kept>>;
}

interface Replacement {
  readonly experiment: Experiment;
  readonly choice: ExecutorChoice;
  /** Length of the schedule, where it is not the experiment's. */
  readonly totalSteps: number | undefined;
  readonly keeping: Keeping;
  /** Brings the training to where it begins, or refuses it. */
  readonly ready: (training: Training, chosen: ChosenExecutor) => Promise<Result<void>>;
}

/** Owns the one live run of a worker: what requests mean, and what must not happen at the same time. */
export class Session {
  readonly runs: StoredRuns;
  private readonly shelf: DataShelf;
  /** What moves or replaces the run happens one after the other; play, pause and scalars never wait for it. */
  private queue: Promise<unknown> = Promise.resolve();
  private live: LiveRun | undefined;
  private preparing = false;
  /** The live run's peak before its executor was last told to forget it. */
  private peakBefore = 0;
  private settings = startingSettings;
  private recordTold = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly listener: SessionListener,
    private readonly surroundings: SessionSurroundings,
  ) {
    this.shelf = new DataShelf(surroundings.sets);
    this.runs = new StoredRuns(surroundings.archive, () => this.live, listener.recorded);
  }

  configure(settings: Settings): Result<void> {
    this.settings = settings;
    return ok(undefined);
  }

  /** Replaces the live run; on failure the one before goes on. */
  async open(experiment: Experiment, choice: ExecutorChoice, naming: Naming = {}): Promise<Result<RunInfo>> {
    return this.busy('run', async () => {
      const opened = await this.replace({
        experiment,
        choice,
        totalSteps: undefined,
        keeping: this.begin(naming),
        ready: async () => ok(undefined),
      });
      return opened.ok ? ok(await this.info([])) : opened;
    });
  }

  /** Makes a stored run the live one, at its last good checkpoint. On failure the one before goes on. */
  async resume(id: string): Promise<Result<Answers['resume']>> {
    return this.busy('run', async () => {
      const { archive } = this.surroundings;
      const own = this.live?.recorder.record.id === id ? this.live : undefined;
      await own?.runner.settle();
      await own?.drain();
      const unlock = own === undefined ? await archive.lock(id) : ok(own.unlock);
      if (!unlock.ok) return unlock;
      const resumed = await this.resumeLocked(id, unlock.value);
      if (!resumed.ok && own === undefined) unlock.value();
      return resumed;
    });
  }

  private async resumeLocked(id: string, unlock: () => void): Promise<Result<Answers['resume']>> {
    const stored = this.surroundings.archive.run(id);
    const record = await this.surroundings.archive.record(id);
    if (!record.ok) return record;
    const read = await readResumption(stored, record.value);
    if (!read.ok) return read;
    const { checkpoint, experiment, totalSteps } = read.value;
    const step = checkpoint === undefined ? 0 : Number(checkpoint.metadata.step);
    const executor = await sameExecutor(record.value.provenance.executor);
    const notes = [...read.value.notes, ...executor.notes];
    const opened = await this.replace({
      experiment,
      choice: executor.choice,
      totalSteps,
      ready: async (training, chosen) => {
        notes.push(...differences(record.value.provenance, training, chosen));
        if (checkpoint === undefined) return ok(undefined);
        const checked = checkCheckpoint(checkpoint, training, `the checkpoint of step ${step}`);
        return checked.ok ? restoreCheckpoint(checked.value, training, chosen.executor) : checked;
      },
      keeping: {
        of: id,
        make: async () => {
          const { history } = read.value;
          return ok({ recorder: new RunRecorder(read.value.record, history, stored, step), unlock });
        },
      },
    });
    if (!opened.ok) return opened;
    const live = this.live as LiveRun;
    const evaluated = read.value.history.test.last('step') === step;
    live.runner.restart(step > 0 && !evaluated && isEvaluationDue(live.training));
    return ok({ ...(await this.info([])), step, notes });
  }

  /** Back to step 0 with the initial weights of the seed, as a new run: what was trained stays stored. */
  async reset(): Promise<Result<RunInfo>> {
    return this.inTurn(() =>
      this.withLive(async (live) => {
        const { training, runner, chosen, recorder } = live;
        await runner.settle();
        await live.keepNow();
        const begun = await this.begin({ group: recorder.record.group }).make(training, chosen);
        if (!begun.ok) return begun;
        const reset = await training.reset();
        if (!reset.ok) {
          begun.value.unlock();
          return reset;
        }
        await live.leave();
        this.adopt(training, chosen, begun.value);
        this.report();
        return ok(await this.info([]));
      }),
    );
  }

  play(until: 'end' | 'epoch' | 'step'): Result<void> {
    if (this.live === undefined) return noRun;
    void this.live.runner.play(until);
    return ok(undefined);
  }

  pause(): Result<void> {
    this.live?.runner.pause();
    return this.live === undefined ? noRun : ok(undefined);
  }

  async evaluate(): Promise<Result<void>> {
    return this.withLive(async ({ runner }) => {
      runner.evaluateNow();
      return ok(undefined);
    });
  }

  /** Applies an edited experiment: scalars from the next step on, without waiting for the one under way; the rest by a rebuild. */
  async change(experiment: Experiment): Promise<Result<RunInfo>> {
    const effect = this.live && effectOf(this.live.training.experiment, experiment);
    if (effect !== 'rebuilds') return this.withLive((live) => this.changeScalars(live, experiment, effect));
    return this.inTurn(() =>
      this.withLive(async (live) => {
        const { training, runner, recorder } = live;
        const { format } = training.dataset;
        const allowed = checkBudget(experiment, format, this.budget);
        if (!allowed.ok) return allowed;
        const rebuilt = await runner.exclusive(async () => {
          const before = training.experiment;
          const { step } = training.position;
          const made = await training.rebuild(experiment);
          if (made.ok) {
            recorder.changed(step, before, experiment);
            // A checkpoint of the network before does not fit any more.
            live.keepSoon();
          }
          return made;
        });
        this.report();
        if (rebuilt.ok) return ok(await this.info(rebuilt.value));
        return { ok: false, error: withRemedies(rebuilt.error, experiment, format) };
      }),
    );
  }

  async loadData(request: Extract<DataRequest, { kind: 'loadData' }>): Promise<Result<DataInfo>> {
    const { source, experiment, memoryLimit } = request;
    const loaded = await this.shelf.load(source, experiment, memoryLimit, this.listener.preparing);
    return loaded.ok ? ok(describeData(loaded.value)) : loaded;
  }

  planHub({ choice }: Extract<DataRequest, { kind: 'planHub' }>): Promise<Result<HubOffer>> {
    return this.shelf.offer(choice);
  }

  listSets(): Promise<Result<StoredSets>> {
    return this.shelf.listStored();
  }

  deleteSet({ set }: Extract<DataRequest, { kind: 'deleteSet' }>): Promise<Result<StoredSets>> {
    return this.shelf.deleteStored(set);
  }

  cancelData(): Result<void> {
    this.shelf.cancel();
    return ok(undefined);
  }

  /** A look at the live run's images, or at a loaded set's, by their checksum. */
  async viewData({ set, look }: Extract<DataRequest, { kind: 'viewData' }>): Promise<Result<SetView>> {
    const own = this.live?.training.dataset;
    const dataset = own?.checksum === set ? own : this.shelf.withChecksum(set);
    return dataset === undefined
      ? fail('These images are not loaded any more. Load them again.', 'data')
      : ok(viewData(dataset, look));
  }

  /** A look inside the network after the step under way. A run that is measuring its test part is left alone: that would begin anew. */
  async look(question: InsightQuestion): Promise<Result<InsightAnswer>> {
    return this.inTurn(() =>
      this.withLive(async ({ training, runner, chosen }): Promise<Result<InsightAnswer>> => {
        if (runner.status === 'evaluating')
          return fail('The test part is being measured. Look again after that.', 'insight');
        return runner.exclusive(async (): Promise<Result<InsightAnswer>> => {
          if (question.kind === 'predictions') {
            const predicted = await predictTest(training, question.count);
            return predicted.ok ? ok({ kind: 'predictions', ...predicted.value }) : predicted;
          }
          const looked = await lookAtImages(training, chosen.executor, question.of, question.block);
          return looked.ok ? ok({ kind: 'images', ...looked.value }) : looked;
        });
      }),
    );
  }

  /** What measuring gradients on so many images would take. */
  async gradientCost(images: number): Promise<Result<GradientCost>> {
    return this.withLive(async ({ training }) => ok(gradientCost(training, images)));
  }

  /** Every module's gradient beside back-propagation's, after the step under way. */
  async measureGradients(images: number): Promise<Result<GradientMeasurement>> {
    return this.inTurn(() =>
      this.withLive(async (live) => {
        const { training, runner, chosen } = live;
        const { bytes } = gradientCost(training, images);
        if (this.budget !== undefined && chosen.executor.bytes().held + bytes > this.budget) {
          return fail(
            'Measuring gradients would go beyond the memory budget. Choose fewer images, or a larger budget.',
            'gradients',
          );
        }
        const measured = await runner.exclusive(async () => {
          // The record keeps the run's own peak; what a measurement takes is none of it.
          this.peakBefore = live.record.summary.peakBytes;
          const made = await measureGradients(training, chosen.executor, images, yieldByMessage);
          chosen.executor.resetPeak();
          return made;
        });
        this.report();
        return measured;
      }),
    );
  }

  /** The run in a format, as it is after the step under way. Another step may begin while the file is made. */
  async export(
    format: ExportFormatName = 'safetensors',
    options: ExportOptions = plainExport,
  ): Promise<Result<ExportedFile>> {
    return this.inTurn(() =>
      this.withLive(async (live) => {
        const { training, chosen } = live;
        const taken = await live.runner.exclusive(async () => {
          const { record } = live;
          const history = History.of(live.recorder.history.data(), record);
          return { weights: await saveCheckpoint(training, chosen.executor), measured: { record, history } };
        });
        const { weights, measured } = taken;
        return weights.ok ? exportLive(training, weights.value, measured, { format, options }) : weights;
      }),
    );
  }

  /** Opens a run that was exported whole, or one of weights; nothing changes unless all of it fits. */
  async import(file: File, experimentFile: File | undefined): Promise<Result<Answers['import']>> {
    const given = await readGivenRun(file, experimentFile);
    if (!given.ok) return given;
    const { weights, whole } = given.value;
    const experiment = given.value.experiment ?? this.live?.training.experiment;
    if (experiment === undefined)
      return fail(`${file.name} holds no experiment. Choose its experiment.json with it.`, file.name);

    return this.busy('import', async () => {
      let restored = { continues: false, withoutAuxiliary: false, step: 0 };
      const notes: string[] = [];
      const { total_steps: total, steps_per_epoch: perEpoch } = weights.metadata;
      const opened = await this.replace({
        experiment,
        choice: this.live?.chosen.executor.name ?? 'auto',
        totalSteps: ownLength(Number(total), Number(perEpoch), experiment),
        keeping: this.begin({ name: whole?.record.name ?? file.name }, whole),
        ready: async (training, chosen) => {
          const checked = checkCheckpoint(weights, training, file.name);
          if (!checked.ok) return checked;
          restored = checked.value;
          if (whole !== undefined) notes.push(...differences(whole.record.provenance, training, chosen));
          return restoreCheckpoint(checked.value, training, chosen.executor);
        },
      });
      if (!opened.ok) return opened;
      // Its first state cannot be drawn from the seed.
      await this.live?.keepImported();
      const { continues, withoutAuxiliary, step } = restored;
      return ok({ ...(await this.info([])), continues, withoutAuxiliary, step, notes });
    });
  }

  private async changeScalars(
    { training, recorder }: LiveRun,
    experiment: Experiment,
    effect: Effect | undefined,
  ): Promise<Result<RunInfo>> {
    if (effect === 'restarts') {
      const names = changedFields(training.experiment, experiment).join(', ');
      return fail(`A change of ${names} needs a new run. Start one with this experiment.`, names);
    }
    recorder.changed(training.nextChange, training.experiment, experiment);
    training.setScalars(experiment);
    this.report();
    return ok(await this.info([]));
  }

  /** Writes a checkpoint after the step under way. */
  async checkpoint(): Promise<Result<void>> {
    return this.withLive(async (live) => {
      if (live.runner.status === 'running' || live.runner.status === 'evaluating') live.keepSoon();
      else this.keepResting(live);
      return ok(undefined);
    });
  }

  /** Tells the page where the run stands. */
  report(): void {
    if (this.live === undefined) return;
    const { training, runner, chosen } = this.live;
    const status: RunStatus = this.preparing ? 'preparing' : runner.status;
    const progress = progressOf(training, runner, chosen, status);
    this.listener.progress({ ...progress, peakBytes: Math.max(progress.peakBytes, this.peakBefore) });
    if (performance.now() - this.recordTold > recordInterval) this.tellRecord();
  }

  /**
   * Opens a training and makes it the live one, once `ready` agrees. On the executor of the live run, that run's values are set aside
   * first and brought back where this fails.
   */
  private async replace({ experiment, choice, totalSteps, keeping, ready }: Replacement): Promise<Result<void>> {
    const dataset = await this.shelf.get(experiment, this.listener.preparing);
    if (!dataset.ok) return dataset;
    const { format } = dataset.value;
    const allowed = checkBudget(experiment, format, this.budget);
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
    const training = await Training.open(experiment, dataset.value, executor, { totalSteps });
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

  /** Bytes that a step's plan may come to. */
  private get budget(): number | undefined {
    const { memoryBudget } = this.settings;
    return memoryBudget === undefined ? undefined : memoryBudget * 1e6;
  }

  /** Makes the run before live again, with the values it had. */
  private async bringBack(before: LiveRun, contents: Parameters<typeof writeAll>[1]): Promise<void> {
    const { experiment, source, position, seconds } = before.training;
    const again = await Training.open(experiment, source, before.chosen.executor, { totalSteps: position.totalSteps });
    const written = again.ok ? await writeAll(before.chosen.executor, contents) : again;
    if (!again.ok || !written.ok) {
      this.live = undefined;
      this.listener.failed({ message: 'The run before could not be brought back. Start a new run, or resume it.' });
      return;
    }
    again.value.moveTo(position.step, seconds);
    this.adopt(again.value, before.chosen, before);
  }

  private adopt(training: Training, chosen: ChosenExecutor, { recorder, unlock }: Kept): LiveRun {
    const live: LiveRun = new LiveRun(training, chosen, recorder, unlock, () => this.settings, {
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
        this.listener.storing(problem);
        this.tellRecord();
      },
    });
    chosen.executor.resetPeak();
    this.peakBefore = 0;
    this.live = live;
    this.tellRecord();
    return live;
  }

  /** Keeps a run that is at rest; a step that a pause holds is finished first. */
  private keepResting(live: LiveRun): void {
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
    this.recordTold = performance.now();
    this.listener.recorded(this.live.record);
  }

  /** A new record for a training that is opened. */
  /** @param whole what a run that was exported whole had before */
  private begin({ name, group }: Naming, whole?: GivenRun['whole']): Keeping {
    const make: Keeping['make'] = async (training, { executor }) => {
      const { archive, version } = this.surroundings;
      const id = newRunId();
      const lock = await archive.lock(id);
      if (!lock.ok) return lock;
      const provenance: Provenance = {
        ...version,
        executor: executor.name,
        device: executor.description,
        kernels: executor.report?.()?.kernels ?? '',
        dataChecksum: training.source.checksum,
      };
      const begun = beginRecord({ id, name, group, experiment: training.experiment, provenance });
      // It says where its numbers come from; its id may be that of a run that is stored here.
      const record = whole === undefined ? begun : { ...whole.record, id };
      const history = whole?.history ?? new History();
      return ok({ recorder: new RunRecorder(record, history, archive.run(id)), unlock: lock.value });
    };
    return { of: undefined, make };
  }

  private async info(startedAnew: readonly string[]): Promise<RunInfo> {
    const { training, chosen, record } = this.live as LiveRun;
    const { stepsPerEpoch, totalSteps } = training.position;
    return {
      id: record.id,
      record,
      experiment: training.experiment,
      executor: chosen.executor.name,
      description: chosen.executor.description,
      note: chosen.note,
      executors: await executorStates(),
      stepsPerEpoch,
      totalSteps,
      data: describeData(training.dataset),
      startedAnew,
    };
  }

  private busy<Made>(what: string, body: () => Promise<Result<Made>>): Promise<Result<Made>> {
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

  private inTurn<Made>(body: () => Promise<Made>): Promise<Made> {
    const made = this.queue.then(body);
    this.queue = made.catch(() => undefined);
    return made;
  }

  private async withLive<Made>(body: (live: LiveRun) => Promise<Result<Made>>): Promise<Result<Made>> {
    return this.live === undefined ? noRun : body(this.live);
  }
}

const noRun = fail('There is no run yet. Wait until it is prepared, or start a new one.');
