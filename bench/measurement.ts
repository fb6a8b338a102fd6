/** Who computes. `stock-` is plain tfjs code as its users write it; `tfjs-wasm` is this project's executor without a GPU. */
export type EngineName = 'webgpu' | 'tfjs-wasm' | 'stock-tfjs-webgpu' | 'stock-tfjs-webgl' | 'jax-webgpu' | 'jax-wasm';

/** Where: in a worker of a Chromium page, or on Node, where WebGPU is Dawn. */
export type Host = 'chromium' | 'node';

/** What is measured. Presets are those of the command line. */
export type Subject =
  /** A training step: batch handed over, loss read. */
  | { readonly kind: 'step'; readonly preset: string; readonly batch: number }
  /** Every convolution shape of ResNet-32 alone, in its three directions. */
  | { readonly kind: 'convolutions'; readonly batch: number }
  /** A square float32 matrix product. */
  | { readonly kind: 'matmul'; readonly size: number }
  /** JavaScript of a training step on a device that computes nothing. */
  | { readonly kind: 'javascript'; readonly preset: string; readonly batch: number }
  /** Bytes of training and evaluation together. */
  | { readonly kind: 'memory'; readonly preset: string; readonly batch: number }
  /** The preview of an experiment, as it is made while a border is dragged. No engine takes part. */
  | { readonly kind: 'plan'; readonly preset: string; readonly batch: number }
  /** Many steps twice with one seed. */
  | { readonly kind: 'steady'; readonly preset: string; readonly batch: number; readonly steps: number }
  /** From a key press to the next frame while a worker trains. */
  | { readonly kind: 'latency'; readonly preset: string; readonly batch: number }
  /** Time of a step on WASM by kind of node. */
  | { readonly kind: 'nodes'; readonly preset: string; readonly batch: number }
  /** How far the preset `quick` comes in a number of seconds. */
  | { readonly kind: 'quick'; readonly seconds: number }
  /** Accuracy after training on shuffled labels. */
  | { readonly kind: 'shuffled'; readonly preset: string; readonly batch: number; readonly steps: number };

/** One measurement: a process of its own, so that engines do not disturb each other. */
export interface Measurement {
  /** `CASE/ENGINE/HOST`; `--only` takes it or a beginning of it. */
  readonly name: string;
  readonly subject: Subject;
  readonly engine: EngineName;
  readonly host: Host;
}

/** One line of the result. `null`: not measured, or no meaning here. */
export interface Row {
  readonly case: string;
  readonly engine: EngineName;
  readonly host: Host;
  /** Median of the timed runs. */
  readonly milliseconds: number | null;
  readonly imagesPerSecond: number | null;
  /** 2 x the plan's multiply-adds by time, 1e9 a second. */
  readonly gflops: number | null;
  /** Of one run, after warm-up. */
  readonly dispatches: number | null;
  readonly submits: number | null;
  /** From the first encoder to the return of the last submit, on a device that computes nothing. */
  readonly javascriptMilliseconds: number | null;
  readonly plannedBytes: number | null;
  /** Highest total of buffers created and not destroyed, by a count of our own, in the timed runs. */
  readonly allocatedBytes: number | null;
  readonly note: string;
}

/** A row, and what only the bars need: buffers, bind groups and pipelines made in one run after warm-up. */
export interface Finding extends Row {
  readonly objectsMade: number | null;
}

/** A finding of nothing, to fill in. */
export const emptyFinding = ({ engine, host }: Measurement, name: string): Finding => ({
  case: name,
  engine,
  host,
  milliseconds: null,
  imagesPerSecond: null,
  gflops: null,
  dispatches: null,
  submits: null,
  javascriptMilliseconds: null,
  plannedBytes: null,
  allocatedBytes: null,
  note: '',
  objectsMade: null,
});

/** The columns of a row, in order. */
export const columns = [
  'case',
  'engine',
  'host',
  'milliseconds',
  'imagesPerSecond',
  'gflops',
  'dispatches',
  'submits',
  'javascriptMilliseconds',
  'plannedBytes',
  'allocatedBytes',
  'note',
] as const satisfies readonly (keyof Row)[];

/** The row of a finding. */
export const rowOf = (finding: Finding): Row =>
  Object.fromEntries(columns.map((column) => [column, finding[column]])) as unknown as Row;
