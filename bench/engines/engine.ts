import type { Experiment } from '../../src/experiment/experiment.ts';
import type { Direction, LoneConvolution } from '../peers/convolutions.ts';

/** Something to time. */
export interface Prepared {
  /** Runs once and waits for the result; answers the loss where there is one. */
  run(): Promise<number | undefined>;
  /** Runs before timing begins. */
  readonly warmUp: number;
  /** Multiply-adds of one run, as the plan of this project counts them. */
  readonly multiplyAdds: number;
  readonly images: number | undefined;
  readonly plannedBytes: number | undefined;
  /** Highest bytes by the engine's own count, where its memory is no GPU buffer. */
  ownBytes?(): number | undefined;
  /** What to know when comparing. */
  readonly remarks: readonly string[];
  dispose(): void;
}

/** An engine in its own process or worker. What it cannot do it throws, and the row says so. */
export interface Engine {
  step(experiment: Experiment): Promise<Prepared>;
  /** A product of two square matrices of this size. */
  matmul(size: number): Promise<Prepared>;
  convolution(convolution: LoneConvolution, direction: Direction): Promise<Prepared>;
}

/** Where an engine finds what it loads itself. */
export interface Surroundings {
  /** tfjs' .wasm files by name, where they do not lie beside it. */
  readonly wasmPaths: Readonly<Record<string, string>> | undefined;
}
