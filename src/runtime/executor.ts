import type { Result } from '../base/result.ts';
import type { StepGraph } from '../graph/graph.ts';
import type { Phase } from '../graph/node.ts';

/**
 * The contract between the trainer and what runs graphs. An executor owns the persistent values (roles parameter,
 * optimiser, state), named by their label and shared by all programs compiled from it; tensors that are parts of a range
 * are named one by one, ranges never. A persistent value starts at zero until written. Data is float32 in NHWC, HWIO
 * (convolutions) and [in, out] (linear) order. One seed gives one result on one executor. Errors come as values whose
 * `where` names the node.
 */
/** float32 everywhere but on the interpreter, which computes and answers in float64. */
export type Numbers = Float32Array | Float64Array;

export type ExecutorName = 'interpreter' | 'webgpu' | 'tfjs-wasm' | 'tfjs-webgl' | 'tfjs-webgpu';

export const executorNames: readonly ExecutorName[] = [
  'interpreter',
  'webgpu',
  'tfjs-wasm',
  'tfjs-webgl',
  'tfjs-webgpu',
];

/** The batch of one run: raw bytes and where to cut them; see the augmentNormalise node. */
export interface Batch {
  /** uint8 [B,H,W,3] */
  readonly images: Uint8Array;
  /** int32 [B]; -1 marks a padding row */
  readonly labels: Int32Array;
  /** int32 [B,3]: row offset, column offset, flip */
  readonly crops: Int32Array;
}

/** Called between nodes at least every 50 ms of work; the run goes on when it resolves. It is how a long step yields. */
export type Breathe = () => Promise<void>;

export interface Program {
  readonly graph: StepGraph;
  /** Runs the graph once. `scalars` must hold every name of `graph.scalars`. */
  run(scalars: Readonly<Record<string, number>>, batch: Batch, breathe?: Breathe): Promise<Result<void>>;
  /** Values of role `metric` of the last run, by label; a run begun meanwhile changes nothing in them. */
  metrics(): Promise<Result<Map<string, Numbers>>>;
  dispose(): void;
}

/** Bytes an executor holds. `planned` where it allocates by the memory plan, else only what was measured. */
export interface ExecutorBytes {
  /** Held now for persistent values and whatever the programs keep. */
  readonly held: number;
  /** Highest total since the executor began or `resetPeak` was called. */
  readonly peak: number;
  readonly kind: 'planned' | 'measured';
}

/** What an executor on a GPU knows of its device and its step, for people. */
export interface DeviceReport {
  readonly adapter: string;
  readonly features: readonly string[];
  /** What its kernels are tuned for. */
  readonly kernels: string;
  /** Bytes the memory plan says, and bytes of all buffers that are there. */
  readonly plannedBytes: number;
  readonly allocatedBytes: number;
  /** Kernels the device runs in a training step. */
  readonly dispatches: number;
  /** Milliseconds of a training step on the device by phase, measured once after warm-up; undefined without timestamps. */
  readonly phases: Readonly<Record<Phase, number>> | undefined;
}

/** Threads of the processor that compute. Numbers are the same with any count. */
export interface Threads {
  readonly count: number;
  /** Why there is only one, for people. */
  readonly why?: string;
}

/** As in "4 threads", or "one thread: " and why. */
export const threadsInWords = ({ count, why }: Threads): string =>
  [count > 1 ? `${count} threads` : 'one thread', ...(why === undefined ? [] : [why])].join(': ');

/** What an executor runs on, with its threads. */
export const deviceInWords = ({ description, threads }: Pick<Executor, 'description' | 'threads'>): string =>
  [description, ...(threads === undefined ? [] : [threadsInWords(threads)])].join(', ');

/** A copy of persistent values that is on its way. Its values are asked for once. */
export interface Snapshot {
  values(): Promise<Result<ReadonlyMap<string, Numbers>>>;
}

export interface Executor {
  readonly name: ExecutorName;
  /** What it runs on, for people: adapter or backend and version. */
  readonly description: string;
  /** Where it runs on the processor, by more than one thread where it can. */
  readonly threads?: Threads | undefined;
  /** Prepares a graph. Creates the persistent values it mentions that do not exist yet. */
  compile(graph: StepGraph): Promise<Result<Program>>;
  /** Overwrites a persistent value; an unknown name or a wrong length is an error. */
  write(name: string, data: Numbers): Promise<Result<void>>;
  /** A copy of a persistent value. */
  read(name: string): Promise<Result<Numbers>>;
  /**
   * Copies persistent values as they are now. The answer resolves when the copy is taken, the values when they have
   * arrived; programs may run in between and change nothing in it.
   */
  snapshot(names: readonly string[]): Promise<Result<Snapshot>>;
  /** Drops persistent values that no program compiled since needs, by name; used after a re-cut. */
  drop(names: readonly string[]): void;
  bytes(): ExecutorBytes;
  /** Where it runs kernels of its own on a GPU. */
  report?(): DeviceReport | undefined;
  resetPeak(): void;
  dispose(): void;
}
