import { fail, ok, type Problem, type Result } from '../base/result.ts';
import { changedFields, effectOf } from '../experiment/changes.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Effect } from '../experiment/fields.ts';
import { parseExperimentText } from '../experiment/parse-text.ts';
import { parseSafetensors, writeSafetensors } from '../formats/safetensors.ts';
import type { Measurement } from '../runs/measurement.ts';
import { checkCheckpoint, experimentOfCheckpoint, restoreCheckpoint, saveCheckpoint } from '../trainer/checkpoint.ts';
import { readAll, writeAll } from '../trainer/persistent.ts';
import { Runner, type RunnerStatus } from '../trainer/runner.ts';
import { Training } from '../trainer/training.ts';
import type { DataInfo, DataRequest, SetView } from './data-protocol.ts';
import { describeData, viewData } from './data-view.ts';
import { DataShelf } from './datasets.ts';
import { type ChosenExecutor, chooseExecutor, executorStates, nameOfChoice } from './executors.ts';
import { progressOf } from './progress.ts';
import type { Answers, ExecutorChoice, Exported, Progress, RunInfo, RunStatus } from './protocol.ts';

export interface SessionListener {
  measured(measurement: Measurement): void;
  progress(progress: Progress): void;
  preparing(what: string, share: number | undefined): void;
  failed(problem: Problem): void;
}

interface Live {
  readonly training: Training;
  readonly runner: Runner;
  readonly chosen: ChosenExecutor;
}

/** Owns the one live run of a worker: what requests mean, and what must not happen at the same time. */
export class Session {
  private readonly shelf = new DataShelf();
  /** What moves or replaces the run happens one after the other; play, pause and scalars never wait for it. */
  private queue: Promise<unknown> = Promise.resolve();
  private live: Live | undefined;
  private preparing = false;

  constructor(
    private readonly listener: SessionListener,
    private readonly wasmPaths: Readonly<Record<string, string>>,
  ) {}

  /** Replaces the live run; on failure the one before goes on. */
  async open(experiment: Experiment, choice: ExecutorChoice): Promise<Result<RunInfo>> {
    return this.busy('run', async () => {
      const opened = await this.replace(experiment, choice, {}, async () => ok(undefined));
      return opened.ok ? ok(await this.info([])) : opened;
    });
  }

  /** Back to step 0 with the initial weights of the seed. */
  async reset(): Promise<Result<RunInfo>> {
    return this.inTurn(() =>
      this.withLive(async ({ training, runner }) => {
        await runner.settle();
        const reset = await training.reset();
        if (!reset.ok) return reset;
        runner.restart();
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
      this.withLive(async ({ training, runner }) => {
        const rebuilt = await runner.exclusive(() => training.rebuild(experiment));
        this.report();
        return rebuilt.ok ? ok(await this.info(rebuilt.value)) : rebuilt;
      }),
    );
  }

  async loadData({ source, experiment }: Extract<DataRequest, { kind: 'loadData' }>): Promise<Result<DataInfo>> {
    const loaded = await this.shelf.load(source, experiment, this.listener.preparing);
    return loaded.ok ? ok(describeData(loaded.value)) : loaded;
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

  /** The run's weights and experiment, as they are after the step under way. */
  async export(): Promise<Result<Exported>> {
    return this.inTurn(() =>
      this.withLive(async ({ training, runner, chosen }) => {
        const saved = await runner.exclusive(() => saveCheckpoint(training, chosen.executor));
        if (!saved.ok) return saved;
        const experiment = `${JSON.stringify(training.experiment, null, 2)}\n`;
        return ok({ weights: writeSafetensors(saved.value), experiment });
      }),
    );
  }

  /** Opens the run of a weights file; nothing changes unless all of it fits. */
  async import(weights: File, experimentFile: File | undefined): Promise<Result<Answers['import']>> {
    const parsed = parseSafetensors(new Uint8Array(await weights.arrayBuffer()), weights.name);
    if (!parsed.ok) return parsed;
    const file = parsed.value;
    const given =
      experimentFile === undefined
        ? experimentOfCheckpoint(file)
        : parseExperimentText(await experimentFile.text(), experimentFile.name);
    if (given !== undefined && !given.ok) return given;
    const experiment = given?.value ?? this.live?.training.experiment;
    if (experiment === undefined)
      return fail(`${weights.name} holds no experiment. Choose its experiment.json with it.`, weights.name);

    return this.busy('import', async () => {
      let restored = { continues: false, step: 0 };
      const totalSteps = Number(file.metadata.total_steps);
      const own = Number(file.metadata.steps_per_epoch) * experiment.epochs;
      const options = Number.isSafeInteger(totalSteps) && totalSteps > 0 && totalSteps !== own ? { totalSteps } : {};
      const choice = this.live?.chosen.executor.name ?? 'auto';
      const opened = await this.replace(experiment, choice, options, async (training, { executor }) => {
        const checked = checkCheckpoint(file, training, weights.name);
        if (!checked.ok) return checked;
        restored = checked.value;
        return restoreCheckpoint(checked.value, training, executor);
      });
      if (!opened.ok) return opened;
      return ok({ ...(await this.info([])), continues: restored.continues, step: restored.step });
    });
  }

  private async changeScalars(
    { training }: Live,
    experiment: Experiment,
    effect: Effect | undefined,
  ): Promise<Result<RunInfo>> {
    if (effect === 'restarts') {
      const names = changedFields(training.experiment, experiment).join(', ');
      return fail(`A change of ${names} needs a new run. Start one with this experiment.`, names);
    }
    training.setScalars(experiment);
    this.report();
    return ok(await this.info([]));
  }

  /** Tells the page where the run stands. */
  report(): void {
    if (this.live === undefined) return;
    const { training, runner, chosen } = this.live;
    const status: RunStatus = this.preparing ? 'preparing' : runner.status;
    this.listener.progress(progressOf(training, runner, chosen, status));
  }

  /**
   * Opens a training and makes it the live one, once `ready` agrees. On the executor of the live run, that run's values are set aside
   * first and brought back where this fails.
   */
  private async replace(
    experiment: Experiment,
    choice: ExecutorChoice,
    options: { readonly totalSteps?: number },
    ready: (training: Training, chosen: ChosenExecutor) => Promise<Result<void>>,
  ): Promise<Result<void>> {
    const dataset = await this.shelf.get(experiment, this.listener.preparing);
    if (!dataset.ok) return dataset;
    const before = this.live;
    await before?.runner.settle();
    const shared = before !== undefined && before.chosen.executor.name === (await nameOfChoice(choice));
    this.listener.preparing('executor', undefined);
    const chosen = shared ? ok(before.chosen) : await chooseExecutor(choice, this.wasmPaths);
    if (!chosen.ok) return chosen;
    const { executor } = chosen.value;
    const aside = shared ? await readAll(executor, before.training.values.keys()) : undefined;
    if (aside !== undefined && !aside.ok) return aside;
    if (shared) before.training.dispose();

    this.listener.preparing('training step', undefined);
    const training = await Training.open(experiment, dataset.value, executor, options);
    const agreed = training.ok ? await ready(training.value, chosen.value) : training;
    if (training.ok && agreed.ok) {
      if (!shared) {
        before?.training.dispose();
        before?.chosen.executor.dispose();
      }
      this.adopt(training.value, chosen.value);
      return ok(undefined);
    }
    if (training.ok) training.value.dispose();
    if (!shared) executor.dispose();
    else if (aside !== undefined) await this.bringBack(before, aside.value);
    return agreed.ok ? ok(undefined) : agreed;
  }

  /** Makes the run before live again, with the values it had. */
  private async bringBack(before: Live, contents: Parameters<typeof writeAll>[1]): Promise<void> {
    const { experiment, dataset, position, seconds } = before.training;
    const again = await Training.open(experiment, dataset, before.chosen.executor, { totalSteps: position.totalSteps });
    const written = again.ok ? await writeAll(before.chosen.executor, contents) : again;
    if (!again.ok || !written.ok) {
      this.live = undefined;
      this.listener.failed({ message: 'The run before could not be brought back. Start a new run.' });
      return;
    }
    again.value.moveTo(position.step, seconds);
    this.adopt(again.value, before.chosen);
  }

  private adopt(training: Training, chosen: ChosenExecutor): void {
    const runner = new Runner(training, {
      measured: (measurement) => {
        this.listener.measured(measurement);
      },
      changed: (_: RunnerStatus) => this.report(),
      failed: (problem) => this.listener.failed(problem),
    });
    chosen.executor.resetPeak();
    this.live = { training, runner, chosen };
  }

  private async info(startedAnew: readonly string[]): Promise<RunInfo> {
    const { training, chosen } = this.live as Live;
    const { stepsPerEpoch, totalSteps } = training.position;
    return {
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

  private async withLive<Made>(body: (live: Live) => Promise<Result<Made>>): Promise<Result<Made>> {
    return this.live === undefined ? noRun : body(this.live);
  }
}

const noRun = fail('There is no run yet. Wait until it is prepared, or start a new one.');
