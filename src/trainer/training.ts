import { failWith, ok, type Result } from '../base/result.ts';
import { centreCrops, drawCrops } from '../datasets/augmentation.ts';
import type { Dataset } from '../datasets/dataset.ts';
import { gather, gatherTest, type Sampler, testBatchCount } from '../datasets/sampling.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Value } from '../graph/value.ts';
import type { StepConfiguration } from '../methods/configuration.ts';
import { logitsLabel } from '../methods/evaluate-graph.ts';
import { lossWeights } from '../methods/loss-weights.ts';
import { guardLabel } from '../methods/train-graph.ts';
import { blockKey } from '../network/network-shape.ts';
import type { EvaluatedPart, Measurement } from '../runs/measurement.ts';
import type { Batch, Breathe, Executor, Numbers, Program } from '../runtime/executor.ts';
import { learningRateAt, type Position } from './learning-rate.ts';
import { addMetrics, assemble, type MetricSums } from './measure.ts';
import { fits, persistentByLabel, readAll, writeAll, writeInitial } from './persistent.ts';
import { type Prepared, prepare } from './prepare.ts';
import { compilePrograms, type Programs } from './programs.ts';

export interface TrainingOptions {
  /** Length of the schedule in steps, in place of the experiment's epochs. */
  readonly totalSteps?: number | undefined;
  /** Milliseconds now; replaced in tests. */
  readonly now?: () => number;
}

/** A step that was handed over to the executor; what it measured comes when it is done. */
export interface BegunStep {
  readonly measured: Promise<Result<Measurement>>;
}

/** Milliseconds now, and seconds spent held by a pause so far. */
interface Moment {
  readonly time: number;
  readonly held: number;
}

interface Made extends Prepared {
  readonly programs: Programs;
}

/** One live run: an experiment on an executor and a data set, and where it stands. Knows neither page nor files. */
export class Training {
  private experimentNow: Experiment;
  private configuration: StepConfiguration;
  private programs: Programs;
  private data: Dataset;
  private sampler: Sampler;
  private batch: Batch;
  private stepNow = 0;
  private underWay = false;
  private secondsNow = 0;
  /** The step handed over last, and when its metrics were there. */
  private latest: Promise<unknown> = Promise.resolve();
  private arrivedAt: Moment = { time: Number.NEGATIVE_INFINITY, held: 0 };

  private constructor(
    private readonly executor: Executor,
    private readonly whole: Dataset,
    private readonly options: TrainingOptions,
    made: Made,
  ) {
    ({ experiment: this.experimentNow, configuration: this.configuration, programs: this.programs } = made);
    ({ data: this.data, sampler: this.sampler, batch: this.batch } = made);
  }

  /** Prepares a run at step 0. Errors: a batch larger than the subset, a graph the executor cannot take. */
  static async open(
    experiment: Experiment,
    dataset: Dataset,
    executor: Executor,
    options: TrainingOptions = {},
  ): Promise<Result<Training>> {
    const prepared = prepare(experiment, dataset);
    if (!prepared.ok) return prepared;
    const programs = await compilePrograms(executor, prepared.value.configuration);
    if (!programs.ok) return programs;
    const training = new Training(executor, dataset, options, { ...prepared.value, programs: programs.value });
    const reset = await training.reset();
    return reset.ok ? ok(training) : reset;
  }

  get experiment(): Experiment {
    return this.experimentNow;
  }

  get stepConfiguration(): StepConfiguration {
    return this.configuration;
  }

  get dataset(): Dataset {
    return this.data;
  }

  /** The parts that an evaluation measures, in this order. */
  get evaluatedParts(): readonly EvaluatedPart[] {
    return this.data.validation === undefined ? ['test'] : ['validation', 'test'];
  }

  /** The whole data set, of which `dataset` is the experiment's part. */
  get source(): Dataset {
    return this.whole;
  }

  /** Seconds of training and evaluation so far. */
  get seconds(): number {
    return this.secondsNow;
  }

  get position(): Position {
    const { stepsPerEpoch } = this.sampler;
    const totalSteps = this.options.totalSteps ?? this.experimentNow.epochs * stepsPerEpoch;
    return { step: this.stepNow, totalSteps, stepsPerEpoch };
  }

  /** Steps done when a change of scalars made now takes effect: a step under way goes on with those it began with. */
  get nextChange(): number {
    return this.stepNow + (this.underWay ? 1 : 0);
  }

  get finished(): boolean {
    return this.stepNow >= this.position.totalSteps;
  }

  /** Persistent values of all graphs, by label. */
  get values(): ReadonlyMap<string, Value> {
    return persistentByLabel(this.programs.graphs);
  }

  get trainGraph() {
    return this.programs.train.program.graph;
  }

  /** Back to step 0 with the initial values of the seed. */
  async reset(): Promise<Result<void>> {
    const written = await writeInitial(this.executor, this.values.values(), this.experimentNow.seed);
    if (written.ok) this.moveTo(0, 0);
    return written;
  }

  /** Sets the position after values were restored from a file. */
  moveTo(step: number, seconds: number): void {
    this.stepNow = step;
    this.secondsNow = seconds;
  }

  /** One training step, and one of the probes, to its end. */
  async step(breathe?: Breathe, held?: () => number): Promise<Result<Measurement>> {
    const begun = await this.begin(breathe, held);
    return begun.ok ? begun.value.measured : begun;
  }

  /**
   * Hands one training step, and one of the probes, over to the executor, and does not wait for what it measures: another may be begun
   * meanwhile. `held` gives the seconds that steps were held by a pause so far.
   */
  async begin(breathe?: Breathe, held: () => number = () => 0): Promise<Result<BegunStep>> {
    this.underWay = true;
    try {
      return await this.handOver(breathe, held);
    } finally {
      this.underWay = false;
    }
  }

  private async handOver(breathe: Breathe | undefined, held: () => number): Promise<Result<BegunStep>> {
    const began = { time: this.now(), held: held() };
    const { position, experimentNow: experiment, batch } = this;
    const learningRate = learningRateAt(experiment, position);
    gather(this.data.train, this.sampler.indices(position.step), batch);
    batch.crops.set(
      drawCrops(experiment.seed, position.step, batch.labels.length, this.data.format, experiment.augment),
    );
    const { momentum, weightDecay } = experiment;
    const scalars = {
      learningRate,
      momentum,
      weightDecay,
      'weight.probe': 1,
      ...lossWeights(this.configuration, experiment),
    };
    const { train, probe } = this.programs;
    const readings: ReturnType<Program['metrics']>[] = [];
    for (const measured of probe === undefined ? [train] : [train, probe]) {
      const ran = await measured.program.run(scalars, batch, breathe);
      if (!ran.ok) return ran;
      readings.push(measured.program.metrics());
    }
    this.stepNow += 1;
    const { step } = this.position;
    const metrics = [...train.metrics, ...(probe?.metrics ?? [])];
    const counts = { images: batch.labels.length, batches: 1 };
    const before = this.latest;
    const measured = (async (): Promise<Result<Measurement>> => {
      await before;
      const sums: MetricSums = new Map();
      for (const reading of readings) {
        const values = await reading;
        if (!values.ok) return values;
        addMetrics(sums, values.value);
      }
      const seconds = this.secondsSince(began, { time: this.now(), held: held() });
      return checkFinite(this.measurement('train', metrics, sums, counts, { step, learningRate, seconds }), sums);
    })();
    this.latest = measured;
    return ok({ measured });
  }

  /** Seconds of a step whose metrics have arrived, without those in which the step before it was still under way; they are counted. */
  private secondsSince(began: Moment, now: Moment): number {
    const from = began.time > this.arrivedAt.time ? began : this.arrivedAt;
    this.arrivedAt = now;
    const seconds = (now.time - from.time) / 1000 - (now.held - from.held);
    this.secondsNow += seconds;
    return seconds;
  }

  /** Measures a whole part. `stop` is asked between batches; where it says so, there is no measurement. */
  async evaluate(
    part: EvaluatedPart,
    breathe?: Breathe,
    held: () => number = () => 0,
    stop: () => boolean = () => false,
  ): Promise<Result<Measurement | undefined>> {
    const started = this.now();
    const heldBefore = held();
    const { batch } = this;
    const { program, metrics } = this.programs.evaluate;
    const sums: MetricSums = new Map();
    const set = part === 'test' ? this.data.test : this.data.validation;
    if (set === undefined) throw new Error('training: there is no validation part to evaluate');
    const images = set.count;
    const batches = testBatchCount(images, batch.labels.length);
    batch.crops.set(centreCrops(batch.labels.length, this.data.format));
    for (let number = 0; number < batches; number++) {
      if (stop()) return ok(undefined);
      gatherTest(set, number, batch);
      const ran = await program.run({}, batch, breathe);
      if (!ran.ok) return ran;
      const values = await program.metrics();
      if (!values.ok) return values;
      addMetrics(sums, values.value);
    }
    const seconds = (this.now() - started) / 1000 - (held() - heldBefore);
    this.secondsNow += seconds;
    const { position } = this;
    const learningRate = learningRateAt(this.experimentNow, position);
    const { step } = position;
    return ok(this.measurement(part, metrics, sums, { images, batches }, { step, learningRate, seconds }));
  }

  /** Logits [count,classes] of the head on the first test images, with running statistics. Nothing of the run changes. */
  async testLogits(count: number): Promise<Result<Numbers>> {
    const { batch } = this;
    const { classes } = this.data.format;
    const { program } = this.programs.evaluate;
    const logits = new Float32Array(count * classes);
    batch.crops.set(centreCrops(batch.labels.length, this.data.format));
    for (let first = 0; first < count; first += batch.labels.length) {
      gatherTest(this.data.test, first / batch.labels.length, batch);
      const ran = await program.run({}, batch);
      const values = ran.ok ? await program.metrics() : ran;
      if (!values.ok) return values;
      const rows = values.value.get(logitsLabel) as Numbers;
      logits.set(rows.subarray(0, Math.min(rows.length, (count - first) * classes)), first * classes);
    }
    return ok(logits);
  }

  /** Takes over the fields that act from the next step on. Their graphs are the same. */
  setScalars(experiment: Experiment): void {
    this.experimentNow = experiment;
  }

  /**
   * Builds the step anew for an edited experiment and keeps every value whose name and shape agree, velocities included; the rest starts
   * at its initial value. Progress is kept in epochs. On failure the run is as it was.
   *
   * @returns owners (blocks, auxiliary networks, probes) with parameters that started anew
   */
  async rebuild(experiment: Experiment): Promise<Result<readonly string[]>> {
    const prepared = prepare(experiment, this.whole);
    if (!prepared.ok) return prepared;
    const before = this.values;
    const contents = await readAll(this.executor, before.keys());
    if (!contents.ok) return contents;
    this.programs.dispose();
    this.executor.drop([...before.keys()]);
    const programs = await compilePrograms(this.executor, prepared.value.configuration);
    if (!programs.ok) return this.restoreAfter(programs, contents.value);
    const after = persistentByLabel(programs.value.graphs);
    const kept = [...after.values()].filter((value) => fits(before.get(value.label), value));
    const fresh = [...after.values()].filter((value) => !fits(before.get(value.label), value));
    const labels = new Set(kept.map(({ label }) => label));
    const written = await writeAll(this.executor, new Map([...contents.value].filter(([label]) => labels.has(label))));
    const drawn = written.ok ? await writeInitial(this.executor, fresh, experiment.seed) : written;
    if (!drawn.ok) {
      programs.value.dispose();
      this.executor.drop([...after.keys()]);
      return this.restoreAfter(drawn, contents.value);
    }
    const epochs = this.stepNow / this.sampler.stepsPerEpoch;
    ({ configuration: this.configuration, data: this.data, sampler: this.sampler, batch: this.batch } = prepared.value);
    this.experimentNow = experiment;
    this.programs = programs.value;
    this.stepNow = Math.round(epochs * this.sampler.stepsPerEpoch);
    return ok([...new Set(fresh.filter(({ role }) => role === 'parameter').map(({ owner }) => owner))]);
  }

  dispose(): void {
    this.programs.dispose();
    this.executor.drop([...this.values.keys()]);
  }

  private async restoreAfter<Failure extends { readonly ok: false }>(
    failure: Failure,
    contents: Parameters<typeof writeAll>[1],
  ): Promise<Failure | Result<never>> {
    const again = await compilePrograms(this.executor, this.configuration);
    if (!again.ok) return again;
    this.programs = again.value;
    const written = await writeAll(this.executor, contents);
    return written.ok ? failure : written;
  }

  private measurement(
    phase: Measurement['phase'],
    metrics: Parameters<typeof assemble>[0],
    sums: MetricSums,
    counts: { readonly images: number; readonly batches: number },
    { step, learningRate, seconds }: { readonly step: number; readonly learningRate: number; readonly seconds: number },
  ): Measurement {
    const { stepsPerEpoch } = this.sampler;
    return {
      phase,
      step,
      epoch: step / stepsPerEpoch,
      seconds: this.secondsNow,
      learningRate,
      imagesPerSecond: counts.images / seconds,
      ...assemble(metrics, sums, this.configuration.cuts.map(blockKey), counts),
    };
  }

  private now(): number {
    return (this.options.now ?? (() => performance.now()))();
  }
}

/** Errors: a loss of the step is no number, or the guard has stopped it; in words that name step and module. */
function checkFinite(measurement: Measurement, sums: MetricSums): Result<Measurement> {
  const { modules, final, step } = measurement;
  const stopped = sums.get(guardLabel)?.[0] ?? 0;
  const broken = modules.findIndex(({ independent, cascade, reconstruction }) =>
    [independent?.loss, cascade?.loss, reconstruction].some((loss) => loss !== undefined && !Number.isFinite(loss)),
  );
  if (broken < 0 && Number.isFinite(final.loss) && stopped === 0) return ok(measurement);
  const lossOf = broken >= 0 ? `module ${broken}` : Number.isFinite(final.loss) ? undefined : 'the head';
  const place = lossOf ?? `module ${stopped - 1}`;
  const what = lossOf === undefined ? `a gradient of ${place}` : `the loss of ${place}`;
  return failWith(
    'diverged',
    `At step ${step} ${what} is no longer a number: training has diverged. Lower the learning rate, then go on from the last checkpoint or reset.`,
    place,
  );
}
