/** Loss and top-1 accuracy (0 to 1) of a classifier; a contrastive head has no accuracy. */
export interface Score {
  readonly loss: number;
  readonly accuracy: number | undefined;
}

/** What was measured at one module. `independent` also holds the only local loss of a method without HiLo. */
export interface ModuleMeasurement {
  /** Key of the module's last block, such as `2.0`: stable over re-cuts, as module numbers are not. */
  readonly block: string;
  readonly independent: Score | undefined;
  readonly cascade: Score | undefined;
  readonly reconstruction: number | undefined;
  readonly probe: Score | undefined;
}

/** Parts of a data set that are measured as a whole; a validation part is there only where it was asked for. */
export type EvaluatedPart = 'validation' | 'test';

/** One training step's batch, or the whole validation or test part. */
export interface Measurement {
  readonly phase: 'train' | EvaluatedPart;
  /** Steps done when it was taken. */
  readonly step: number;
  /** Epochs done, with fraction. */
  readonly epoch: number;
  /** Seconds of training and evaluation so far, pauses not counted. */
  readonly seconds: number;
  readonly learningRate: number;
  /** Training images per second of the last step; of the images measured for a validation or test measurement. */
  readonly imagesPerSecond: number;
  readonly modules: readonly ModuleMeasurement[];
  readonly final: Score;
}
