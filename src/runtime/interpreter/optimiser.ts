import { expectEqual, type Tensor } from './tensor.ts';

/** The runtime scalars of an update, by value. */
export interface SgdSettings {
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly nesterov: boolean;
}

/**
 * sgdUpdate of one tensor p with velocity v, PyTorch's SGD (method.md 7): g = gradient + weightDecay * p; v = momentum * v
 * + g; p -= learningRate * (nesterov ? g + momentum * v : v). Without a gradient it counts as zero: decay and momentum go
 * on. Any shape; throws where lengths disagree.
 */
export function sgdUpdate(
  parameter: Tensor,
  velocity: Tensor,
  gradient: Tensor | undefined,
  settings: SgdSettings,
): { readonly parameter: Tensor; readonly velocity: Tensor } {
  const { learningRate, momentum, weightDecay, nesterov } = settings;
  const length = parameter.data.length;
  expectEqual(velocity.data.length, length, 'length of the velocity');
  if (gradient !== undefined) expectEqual(gradient.data.length, length, 'length of the gradient');
  const p = new Float64Array(length);
  const v = new Float64Array(length);
  for (let index = 0; index < length; index++) {
    const before = parameter.data[index] as number;
    const g = (gradient === undefined ? 0 : (gradient.data[index] as number)) + weightDecay * before;
    const moved = momentum * (velocity.data[index] as number) + g;
    v[index] = moved;
    p[index] = before - learningRate * (nesterov ? g + momentum * moved : moved);
  }
  return { parameter: { shape: parameter.shape, data: p }, velocity: { shape: velocity.shape, data: v } };
}
