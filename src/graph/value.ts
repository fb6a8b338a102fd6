/** Index of a value in `StepGraph.values`. */
export type ValueId = number;

export type DataType = 'float32' | 'uint8' | 'int32';

/**
 * What a value is for. `parameter`, `optimiser` and `state` are persistent: they outlive a step and are shared, by label,
 * by all programs of an executor. `input` is the batch. `metric` can be read after a run. The rest is transient.
 */
export type Role = 'parameter' | 'optimiser' | 'state' | 'input' | 'activation' | 'gradient' | 'workspace' | 'metric';

/** How a persistent value starts: drawn from the stream of (seed, its label), or constant. Without one it starts at 0. */
export type Initial =
  | { readonly kind: 'normal'; readonly deviation: number }
  | { readonly kind: 'uniform'; readonly bound: number }
  | { readonly kind: 'constant'; readonly value: number };

/** A tensor of the step. Images are NHWC; n x n patches done at once stack along N, patch by patch (row-major). */
export interface Value {
  readonly id: ValueId;
  /** Unique among persistent values and metrics; for the others a hint for people. */
  readonly label: string;
  readonly shape: readonly number[];
  readonly dtype: DataType;
  readonly role: Role;
  /** Block, auxiliary network, head or probe it belongs to, such as `block.1.0` or `auxiliary.1.0.cascade`. */
  readonly owner: string;
  /** Module it counts for; `sharedModule` for what belongs to none (inputs, metrics). */
  readonly module: number;
  /** This value is a piece of a range value: `offset` bytes (a multiple of 256) into it. */
  readonly part: { readonly of: ValueId; readonly offset: number } | undefined;
  readonly initial: Initial | undefined;
}

/** Module number of what belongs to no module. */
export const sharedModule = -1;
/** Module number of the linear probes, which never count in a method's memory. */
export const probeModule = -2;

/** Every tensor of a range, and every arena placement, starts at a multiple of this (WebGPU binding alignment). */
export const alignment = 256;

export const alignedBytes = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

/** Number of elements of a shape. */
export function elements(shape: readonly number[]): number {
  let product = 1;
  for (const size of shape) product *= size;
  return product;
}

/** Bytes of a value, without padding. */
export const valueBytes = (value: Value): number => elements(value.shape) * (value.dtype === 'uint8' ? 1 : 4);

export const isPersistent = (role: Role): boolean => role === 'parameter' || role === 'optimiser' || role === 'state';
