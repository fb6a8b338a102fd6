import { differences, provenanceOf } from '../archive/provenance.ts';
import { readResumption } from '../archive/resumption.ts';
import { RunRecorder } from '../archive/run-recorder.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { changedFields, effectOf } from '../experiment/changes.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Effect } from '../experiment/fields.ts';
import { checkLocks, type Limits } from '../experiment/limits.ts';
import { parseExperiment } from '../experiment/schema.ts';
import { withRemedies } from '../methods/memory-budget.ts';
import type { ExportFormatName, ExportOptions } from '../runs/export-formats.ts';
import { ownLength } from '../runs/own-length.ts';
import { handedOver, provenanceNow } from '../runs/run-record.ts';
import type { Settings } from '../runs/settings.ts';
import { checkCheckpoint, restoreCheckpoint } from '../trainer/checkpoint.ts';
import { isEvaluationDue } from '../trainer/runner.ts';
import { DataRequests } from './data-requests.ts';
import { DataShelf } from './datasets.ts';
import { readGivenRun } from './given-run.ts';
import { keepAsNew, type Naming } from './keeping.ts';
import { LivePlace, noRun } from './live-place.ts';
import { LiveReadings } from './live-readings.ts';
import type { LiveRun } from './live-run.ts';
import type { Answers, ExecutorChoice, RunInfo } from './protocol.ts';
import { sameExecutor } from './same-numbers.ts';
import type { SessionListener, SessionSurroundings } from './session-surroundings.ts';
import { StoredRuns } from './stored-runs.ts';

/** What requests that begin, move or change the live run of a worker mean; those that only look are its parts. */
export class Session {
  readonly runs: StoredRuns;
  readonly data: DataRequests;
  readonly readings: LiveReadings;
  private readonly place: LivePlace;

  constructor(
    listener: SessionListener,
    private readonly surroundings: SessionSurroundings,
  ) {
    const shelf = new DataShelf(surroundings.sets);
    this.place = new LivePlace(listener, surroundings, shelf);
    this.runs = new StoredRuns(surroundings.archive, () => this.place.live, listener.recorded);
    this.data = new DataRequests(shelf, () => this.place.live?.training.dataset, listener.preparing);
    this.readings = new LiveReadings(this.place);
  }

  /** Tells the page where the run stands. */
  report(): void {
    this.place.report();
  }

  /** How runs are kept, and what may run, from now on. */
  configure(settings: Settings, limits: Limits): Result<void> {
    this.place.settings = settings;
    this.place.limits = limits;
    return ok(undefined);
  }

  /** Replaces the live run; on failure the one before goes on. One that repeats another is trained on that one's executor, unless another is chosen. */
  async open(experiment: Experiment, choice: ExecutorChoice, naming: Naming = {}): Promise<Result<Answers['open']>> {
    return this.place.busy('run', async () => {
      const { replay } = naming;
      const executor =
        replay !== undefined && choice === 'auto'
          ? await sameExecutor(replay.provenance.executor)
          : { choice, notes: [] };
      const notes = [...executor.notes];
      const opened = await this.place.replace({
        experiment,
        choice: executor.choice,
        totalSteps: replay?.totalSteps,
        keeping: keepAsNew(this.surroundings, naming),
        ready: async (training, chosen) => {
          if (replay !== undefined) notes.push(...differences(replay.provenance, training, chosen.executor));
          return ok(undefined);
        },
      });
      return opened.ok ? ok({ ...(await this.place.info([])), notes }) : opened;
    });
  }

  /**
   * Makes a stored run the live one, at its last good checkpoint. On failure the one before goes on.
   *
   * @param choice left out: the executor it was trained on
   */
  async resume(id: string, choice?: ExecutorChoice): Promise<Result<Answers['resume']>> {
    return this.place.busy('run', async () => {
      const { archive } = this.surroundings;
      const own = this.place.live?.recorder.record.id === id ? this.place.live : undefined;
      await own?.runner.settle();
      await own?.drain();
      const unlock = own === undefined ? await archive.lock(id) : ok(own.unlock);
      if (!unlock.ok) return unlock;
      const resumed = await this.resumeLocked(id, unlock.value, choice);
      if (!resumed.ok && own === undefined) unlock.value();
      return resumed;
    });
  }

  private async resumeLocked(
    id: string,
    unlock: () => void,
    wanted: ExecutorChoice | undefined,
  ): Promise<Result<Answers['resume']>> {
    const stored = this.surroundings.archive.run(id);
    const record = await this.surroundings.archive.record(id);
    if (!record.ok) return record;
    const read = await readResumption(stored, record.value);
    if (!read.ok) return read;
    const { checkpoint, experiment, totalSteps } = read.value;
    const step = checkpoint === undefined ? 0 : Number(checkpoint.metadata.step);
    const executor = await sameExecutor(provenanceNow(record.value).executor, wanted);
    const notes = [...read.value.notes, ...executor.notes];
    const opened = await this.place.replace({
      experiment,
      choice: executor.choice,
      totalSteps,
      ready: async (training, chosen) => {
        notes.push(...differences(provenanceNow(read.value.record), training, chosen.executor));
        if (checkpoint === undefined) return ok(undefined);
        const checked = checkCheckpoint(checkpoint, training, `the checkpoint of step ${step}`);
        return checked.ok ? restoreCheckpoint(checked.value, training, chosen.executor) : checked;
      },
      keeping: {
        of: id,
        make: async (training, chosen) => {
          const now = provenanceOf(this.surroundings.version, training, chosen.executor);
          const recorder = new RunRecorder(handedOver(read.value.record, step, now), read.value.history, stored, step);
          return ok({ recorder, unlock });
        },
      },
    });
    if (!opened.ok) return opened;
    const live = this.place.live as LiveRun;
    const evaluated = read.value.history.test.last('step') === step;
    live.runner.restart(step > 0 && !evaluated && isEvaluationDue(live.training));
    return ok({ ...(await this.place.info([])), step, notes });
  }

  /** Back to step 0 with the initial weights of the seed, as a new run: what was trained stays stored. */
  async reset(): Promise<Result<RunInfo>> {
    return this.place.inTurn(() =>
      this.place.withLive(async (live) => {
        const { training, runner, chosen, recorder } = live;
        await runner.settle();
        await live.keepNow();
        const begun = await keepAsNew(this.surroundings, { group: recorder.record.group }).make(training, chosen);
        if (!begun.ok) return begun;
        const reset = await training.reset();
        if (!reset.ok) {
          begun.value.unlock();
          return reset;
        }
        await live.leave();
        this.place.adopt(training, chosen, begun.value);
        this.place.report();
        return ok(await this.place.info([]));
      }),
    );
  }

  play(until: 'end' | 'epoch' | 'step'): Result<void> {
    if (this.place.live === undefined) return noRun;
    void this.place.live.runner.play(until);
    return ok(undefined);
  }

  pause(): Result<void> {
    this.place.live?.runner.pause();
    return this.place.live === undefined ? noRun : ok(undefined);
  }

  async evaluate(): Promise<Result<void>> {
    return this.place.withLive(async ({ runner }) => {
      runner.evaluateNow();
      return ok(undefined);
    });
  }

  /**
   * Applies an edited experiment: scalars from the next step on, without waiting for the one under way; the rest by a rebuild.
   *
   * @param from what was edited; changes of a run that is repeated may have come between, and stay. Left out: the live experiment
   */
  async change(experiment: Experiment, from = this.place.live?.training.experiment): Promise<Result<RunInfo>> {
    const effect = from && effectOf(from, experiment);
    const edited = ({ training }: LiveRun): Result<Experiment> =>
      from === undefined ? ok(experiment) : withEdits(training.experiment, from, experiment);
    if (effect !== 'rebuilds')
      return this.place.withLive(async (live) => {
        await live.changesMade();
        const wanted = edited(live);
        return wanted.ok ? this.changeScalars(live, wanted.value, effect) : wanted;
      });
    return this.place.inTurn(() =>
      this.place.withLive(async (live) => {
        const { training, runner, recorder } = live;
        const { format } = training.dataset;
        const allowed = this.place.allowed(experiment, format);
        if (!allowed.ok) return allowed;
        const rebuilt = await runner.exclusive(async () => {
          const before = training.experiment;
          const wanted = edited(live);
          if (!wanted.ok) return wanted;
          const { step } = training.position;
          const made = await training.rebuild(wanted.value);
          if (made.ok) {
            recorder.changed(step, before, wanted.value);
            // A checkpoint of the network before does not fit any more.
            live.keepSoon();
          }
          return made;
        });
        this.place.report();
        if (rebuilt.ok) return ok(await this.place.info(rebuilt.value));
        return { ok: false, error: withRemedies(rebuilt.error, experiment, format) };
      }),
    );
  }

  /** Opens a run that was exported whole, or one of weights; nothing changes unless all of it fits. */
  async import(file: File, experimentFile: File | undefined): Promise<Result<Answers['import']>> {
    const given = await readGivenRun(file, experimentFile);
    if (!given.ok) return given;
    const { weights, whole } = given.value;
    const experiment = given.value.experiment ?? this.place.live?.training.experiment;
    if (experiment === undefined)
      return fail(`${file.name} holds no experiment. Choose its experiment.json with it.`, file.name);

    return this.place.busy('import', async () => {
      let restored = { continues: false, withoutAuxiliary: false, step: 0 };
      const notes: string[] = [];
      const { total_steps: total, steps_per_epoch: perEpoch } = weights.metadata;
      const opened = await this.place.replace({
        experiment,
        choice: this.place.live?.chosen.executor.name ?? 'auto',
        totalSteps: ownLength(Number(total), Number(perEpoch), experiment),
        keeping: keepAsNew(this.surroundings, { name: whole?.record.name ?? file.name }, whole),
        ready: async (training, chosen) => {
          const checked = checkCheckpoint(weights, training, file.name);
          if (!checked.ok) return checked;
          restored = checked.value;
          if (whole !== undefined) notes.push(...differences(provenanceNow(whole.record), training, chosen.executor));
          return restoreCheckpoint(checked.value, training, chosen.executor);
        },
      });
      if (!opened.ok) return opened;
      // Its first state cannot be drawn from the seed.
      await this.place.live?.keepImported();
      const { continues, withoutAuxiliary, step } = restored;
      return ok({ ...(await this.place.info([])), continues, withoutAuxiliary, step, notes });
    });
  }

  /** The live run in a format, as it is after the step under way; or a stored one, which nothing happens to. */
  async export(
    id: string | undefined,
    format: ExportFormatName,
    options: ExportOptions,
  ): Promise<Result<Answers['export']>> {
    const live = id === undefined || id === this.place.live?.recorder.record.id;
    return live ? this.readings.export(format, options) : this.runs.export(id, format, options);
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
    const unlocked = checkLocks(this.place.limits, experiment);
    if (!unlocked.ok) return unlocked;
    recorder.changed(training.nextChange, training.experiment, experiment);
    training.setScalars(experiment);
    this.place.report();
    return ok(await this.place.info([]));
  }

  /** Writes a checkpoint after the step under way. */
  async checkpoint(): Promise<Result<void>> {
    return this.place.withLive(async (live) => {
      if (live.runner.status === 'running' || live.runner.status === 'evaluating') live.keepSoon();
      else this.place.keepResting(live);
      return ok(undefined);
    });
  }
}

/** The live experiment with the fields that were edited from another. */
const withEdits = (live: Experiment, from: Experiment, edited: Experiment): Result<Experiment> =>
  parseExperiment({ ...live, ...Object.fromEntries(changedFields(from, edited).map((name) => [name, edited[name]])) });
