import type { Tensor } from '@tensorflow/tfjs-core';
import type { Value, ValueId } from '../../graph/value.ts';
import type { Batch } from '../executor.ts';

/** What a node's function may see of the running program. Tensors made while it runs are freed after it unless `set`. */
export interface NodeContext {
  readonly batch: Batch;
  /** Whether the backend has a good kernel of its own for the gradient of a convolution's weights. */
  readonly hasFilterGradient: boolean;
  value(id: ValueId): Value;
  /** The tensor of a value, which must have been written. */
  tensor<Kind extends Tensor = Tensor>(id: ValueId): Kind;
  /** The tensor of a value or undefined where there is no value or it has not been written in this step. */
  written<Kind extends Tensor = Tensor>(id: ValueId | undefined): Kind | undefined;
  /** Gives a value its tensor, which must be a new one of the value's shape. */
  set(id: ValueId, tensor: Tensor): void;
  scalar(name: string): number;
  /** The tensors that make up a range, in order of offset. */
  parts(range: ValueId): readonly Value[];
}
