import { ok, type Result } from '../base/result.ts';
import { drawCrops } from '../datasets/augmentation.ts';
import type { Dataset } from '../datasets/dataset.ts';
import { gather, type Sampler } from '../datasets/sampling.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Value } from '../graph/value.ts';
import type { StepConfiguration } from '../methods/configuration.ts';
import { lossWeights } from '../methods/loss-weights.ts';
import { blockKey } from '../network/network-shape.ts';
import type { EvaluatedPart, Measurement } from '../runs/measurement.ts';
import type { Batch, Breathe, Executor, Numbers, Program } from '../runtime/executor.ts';
import { checkFinite } from './check-finite.ts';
import { evaluateAll, firstLogits } from './evaluation.ts';
import { exchangePrograms } from './exchange-programs.ts';
import { learningRateAt, type Position } from './learning-rate.ts';
import { addMetrics, assemble, type MetricSums } from './measure.ts';
import { persistentByLabel, writeInitial } from './persistent.ts';
import { type Prepared, prepare } from './prepare.ts';
import { compilePrograms, type Programs } from './programs.ts';
import { type Held, RunSeconds } from './run-seconds.ts';

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
  /** When the metrics of the step handed over last are there. */
  private latest: Promise<unknown> = Promise.resolve();
  private readonly time: RunSeconds;

  private constructor(
    private readonly executor: Executor,
    private readonly whole: Dataset,
    private readonly options: TrainingOptions,
    made: Made,
  ) {
    ({ experiment: this.experimentNow, configuration: this.configuration, programs: this.programs } = made);
    ({ data: this.data, sampler: this.sampler, batch: this.batch } = made);
    this.time = new RunSeconds(options.now ?? (() => performance.now()));
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
    return this.time.total;
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
    this.time.total = seconds;
  }

  /** One training step, and one of the probes, to its end. */
  async step(breathe?: Breathe, held?: Held): Promise<Result<Measurement>> {
    const begun = await this.begin(breathe, held);
    return begun.ok ? begun.value.measured : begun;
  }

  /**
   * Hands one training step, and one of the probes, over to the executor, and does not wait for what it measures: another may be begun
   * meanwhile. `held` gives the seconds that steps were held by a pause so far.
   */
  async begin(breathe?: Breathe, held: Held = () => 0): Promise<Result<BegunStep>> {
    this.underWay = true;
    try {
      return await this.handOver(breathe, held);
    } finally {
      this.underWay = false;
    }
  }

  private async handOver(breathe: Breathe | undefined, held: Held): Promise<Result<BegunStep>> {
    const arrived = this.time.begin(held);
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
      const seconds = arrived();
      return checkFinite(this.measurement('train', metrics, sums, counts, { step, learningRate, seconds }), sums);
    })();
    this.latest = measured;
    return ok({ measured });
  }

  /** Measures a whole part. `stop` is asked between batches; where it says so, there is no measurement. */
  async evaluate(
    part: EvaluatedPart,
    breathe?: Breathe,
    held: Held = () => 0,
    stop: () => boolean = () => false,
  ): Promise<Result<Measurement | undefined>> {
    const { data, batch } = this;
    const set = part === 'test' ? data.test : data.validation;
    if (set === undefined) throw new Error('training: there is no validation part to evaluate');
    const end = this.time.begin(held);
    const { program, metrics } = this.programs.evaluate;
    const evaluated = await evaluateAll(program, set, data.format, batch, stop, breathe);
    if (!evaluated.ok) return evaluated;
    if (evaluated.value === undefined) return ok(undefined);
    const seconds = end();
    const { position } = this;
    const { step } = position;
    const learningRate = learningRateAt(this.experimentNow, position);
    const { sums, ...counts } = evaluated.value;
    return checkFinite(this.measurement(part, metrics, sums, counts, { step, learningRate, seconds }), sums);
  }

  /** Logits [count,classes] of the head on the first test images, with running statistics. Nothing of the run changes. */
  testLogits(count: number): Promise<Result<Numbers>> {
    return firstLogits(this.programs.evaluate.program, this.data, this.batch, count);
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
    const { programs, fresh } = await exchangePrograms(
      this.executor,
      { programs: this.programs, configuration: this.configuration },
      prepared.value.configuration,
      experiment.seed,
    );
    this.programs = programs;
    if (!fresh.ok) return fresh;
    const epochs = this.stepNow / this.sampler.stepsPerEpoch;
    ({ configuration: this.configuration, data: this.data, sampler: this.sampler, batch: this.batch } = prepared.value);
    this.experimentNow = experiment;
    this.stepNow = Math.round(epochs * this.sampler.stepsPerEpoch);
    return fresh;
  }

  dispose(): void {
    this.programs.dispose();
    this.executor.drop([...this.values.keys()]);
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
      seconds: this.time.total,
      learningRate,
      imagesPerSecond: counts.images / seconds,
      ...assemble(metrics, sums, this.configuration.cuts.map(blockKey), counts),
    };
  }
}
