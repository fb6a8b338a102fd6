import type { Problem, Result } from '../base/result.ts';
import type { Measurement } from '../runs/measurement.ts';
import { createGate, yieldByMessage } from './gate.ts';
import type { BegunStep, Training } from './training.ts';

export type RunnerStatus = 'paused' | 'running' | 'evaluating' | 'finished' | 'failed';

/** Steps whose metrics may be on their way while the next is handed over: reading them costs no time then. */
const mostOnTheirWay = 1;

/** How far to play. */
export type Until = 'end' | 'epoch' | 'step' | 'evaluation';

export interface RunnerListener {
  measured(measurement: Measurement): void;
  changed(status: RunnerStatus): void;
  failed(problem: Problem): void;
  /** Whether something is to be done before the next step. */
  restDue(): boolean;
  /**
   * Between two steps, after an evaluation that was due, where `restDue` asked for it: what is copied now is of a whole step, and the
   * metrics of all steps before were read. The next one waits.
   */
  betweenSteps(): Promise<void>;
  /** Whether the training is to be changed before the next step, as one that is repeated was. */
  changeDue(): boolean;
  /** Changes it, while no step is under way and the metrics of all before were read; it may pause the run. */
  makeChanges(): Promise<void>;
}

/** Plays a training: step after step, evaluation where it is due, held and let go from outside. */
export class Runner {
  private readonly gate = createGate(yieldByMessage);
  private statusNow: RunnerStatus = 'paused';
  private until: Until = 'end';
  /** How many wait for the loop to end after the step under way. */
  private settling = 0;
  /** What to play once they are done. */
  private afterwards: Until | undefined;
  private loop: Promise<void> | undefined;
  private evaluationDue = false;
  /** Steps handed over whose metrics are on their way, oldest first; each resolves when they were told. */
  private readonly onTheirWay: Promise<void>[] = [];
  private broken: Problem | undefined;
  private readonly stepSeconds: number[] = [];
  private evaluationSeconds: number | undefined;

  constructor(
    private readonly training: Training,
    private readonly listener: RunnerListener,
  ) {}

  get status(): RunnerStatus {
    return this.statusNow;
  }

  /** Median seconds of the last steps; undefined before the first. */
  get secondsPerStep(): number | undefined {
    const sorted = [...this.stepSeconds].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  }

  get secondsPerEvaluation(): number | undefined {
    return this.evaluationSeconds;
  }

  /** Plays on, from within a held step too. Resolves when it stops by itself or is settled. */
  play(until: Until): Promise<void> {
    this.until = until;
    this.gate.open();
    if (this.training.finished && !this.evaluationDue) {
      this.become('finished');
      return Promise.resolve();
    }
    this.become('running');
    if (this.settling > 0) {
      this.afterwards = until;
      return Promise.resolve();
    }
    this.loop ??= this.run().finally(() => {
      this.loop = undefined;
    });
    return this.loop;
  }

  /** Holds at the next breath, inside the step. */
  pause(): void {
    this.afterwards = undefined;
    if (this.loop === undefined && this.settling === 0) return;
    if (this.settling === 0) this.gate.close();
    this.become('paused');
  }

  /** Ends the loop after the step under way; an evaluation under way is given up and stays due. */
  async settle(): Promise<void> {
    this.settling += 1;
    this.gate.open();
    await this.loop;
    this.settling -= 1;
    this.afterwards = undefined;
    if (this.statusNow === 'running' || this.statusNow === 'evaluating') this.become('paused');
  }

  /** Runs `body` while no step is under way, then goes on as before, or as was asked for meanwhile. */
  async exclusive<Made>(body: () => Promise<Made>): Promise<Made> {
    this.settling += 1;
    try {
      this.gate.open();
      await this.loop;
      return await body();
    } finally {
      this.settling -= 1;
      if (this.settling === 0) this.goOn();
    }
  }

  /** Ends the run for what was found beside its steps. */
  breakOff(problem: Problem): void {
    if (this.loop === undefined) this.fail(problem);
    else this.broken ??= problem;
    this.gate.open();
  }

  /** Measures the test part after the step under way; a run that is playing plays on afterwards. */
  evaluateNow(): void {
    this.evaluationDue = true;
    if (this.loop === undefined || this.statusNow === 'paused') void this.play('evaluation');
  }

  /** Forgets pace and what was due; after a reset or restore. */
  restart(evaluationDue = false): void {
    this.evaluationDue = evaluationDue;
    this.afterwards = undefined;
    this.stepSeconds.length = 0;
    this.become('paused');
  }

  private goOn(): void {
    const until = this.afterwards;
    this.afterwards = undefined;
    if (until === undefined || this.statusNow === 'failed') return;
    if (!this.training.finished || this.evaluationDue) void this.play(until);
  }

  private async run(): Promise<void> {
    const { training } = this;
    if (this.evaluationDue && !(await this.evaluate())) return;
    if (this.until === 'evaluation') return this.rest();
    if (this.listener.changeDue()) await this.listener.makeChanges();
    while (!training.finished && this.settling === 0) {
      if (this.statusNow !== 'paused') this.become('running');
      const begun = await training.begin(this.gate.breathe, this.gate.held);
      if (!begun.ok) {
        await this.arrived(0);
        return this.fail(this.broken ?? begun.error);
      }
      this.await(begun.value, training.experiment.batch);
      const { step, stepsPerEpoch } = training.position;
      const epochDone = step % stepsPerEpoch === 0;
      this.evaluationDue = this.evaluationDue || isEvaluationDue(training);
      const reached = this.until === 'epoch' ? epochDone : this.until !== 'end';
      const resting = this.listener.restDue();
      const changing = this.listener.changeDue();
      const whole = this.evaluationDue || reached || resting || changing || this.settling > 0;
      await this.arrived(whole ? 0 : mostOnTheirWay);
      if (this.broken !== undefined) return this.fail(this.broken);
      if (this.evaluationDue && !(await this.evaluate())) return;
      if (changing) await this.listener.makeChanges();
      if (resting) await this.listener.betweenSteps();
      if (reached) return this.rest();
      // A pause between two steps holds here.
      await this.gate.breathe();
    }
    await this.arrived(0);
    if (this.broken !== undefined) return this.fail(this.broken);
    this.rest(!training.finished);
  }

  private await({ measured }: BegunStep, batch: number): void {
    const tell = (result: Result<Measurement>) => {
      if (this.broken !== undefined) return;
      if (result.ok) {
        this.remember(batch / result.value.imagesPerSecond);
        this.listener.measured(result.value);
        return;
      }
      this.broken = result.error;
      // Where a pause holds the next step, it ends now.
      this.gate.open();
    };
    this.onTheirWay.push(measured.then(tell));
  }

  /** Waits until the metrics of at most `most` steps are on their way. */
  private async arrived(most: number): Promise<void> {
    while (this.onTheirWay.length > most) await this.onTheirWay.shift();
  }

  /** The loop ends. One that only makes room goes on afterwards, and counts as running meanwhile. */
  private rest(interrupted = false): void {
    if (interrupted && this.statusNow !== 'paused') this.afterwards ??= this.until;
    if (this.afterwards === undefined) this.become(this.training.finished ? 'finished' : 'paused');
  }

  /** Whether the loop may go on. */
  private async evaluate(): Promise<boolean> {
    if (this.statusNow !== 'paused') this.become('evaluating');
    const before = this.training.seconds;
    const taken: Measurement[] = [];
    for (const part of this.training.evaluatedParts) {
      const measured = await this.training.evaluate(part, this.gate.breathe, this.gate.held, () => this.settling > 0);
      if (!measured.ok) {
        this.fail(measured.error);
        return false;
      }
      if (measured.value === undefined) {
        this.rest(true);
        return false;
      }
      taken.push(measured.value);
    }
    this.evaluationDue = false;
    this.evaluationSeconds = this.training.seconds - before;
    for (const measurement of taken) this.listener.measured(measurement);
    return true;
  }

  private remember(seconds: number): void {
    this.stepSeconds.push(seconds);
    if (this.stepSeconds.length > 21) this.stepSeconds.shift();
  }

  private fail(problem: Problem): void {
    this.broken = undefined;
    this.become('failed');
    this.listener.failed(problem);
  }

  private become(status: RunnerStatus): void {
    if (status === this.statusNow) return;
    this.statusNow = status;
    this.listener.changed(status);
  }
}

/** Whether the test part is to be measured after the step just done: every so many epochs, and at the end. */
export function isEvaluationDue(training: Training): boolean {
  const { step, stepsPerEpoch } = training.position;
  const every = training.experiment.evaluateEvery;
  return training.finished || (every > 0 && step % (every * stepsPerEpoch) === 0);
}
