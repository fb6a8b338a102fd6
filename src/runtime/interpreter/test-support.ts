import { type RandomStream, randomStream } from '../../base/random.ts';
import type { StepGraph } from '../../graph/graph.ts';
import type { GraphNode } from '../../graph/node.ts';
import { alignedBytes, elements, type Role, sharedModule, type Value, type ValueId } from '../../graph/value.ts';
import type { Tensor } from './tensor.ts';

/** Everything in this file serves the tests of this folder only. */

/** A stream of random numbers for a test; equal seeds give equal numbers. */
export const testStream = (seed: number): RandomStream => randomStream(seed, 'interpreter test');

/** A tensor of standard normal numbers. */
export function randomTensor(shape: readonly number[], stream: RandomStream): Tensor {
  return { shape, data: Float64Array.from({ length: elements(shape) }, () => stream.normal()) };
}

/** The tensor of `shape` with these numbers. */
export const tensorOf = (shape: readonly number[], numbers: readonly number[]): Tensor => ({
  shape,
  data: Float64Array.from(numbers),
});

/** Sum of the products of two arrays of one length. */
export function dot(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) throw new Error(`lengths ${a.length} and ${b.length}`);
  return a.reduce((sum, value, index) => sum + value * (b[index] as number), 0);
}

/** a + factor * b. */
export const moved = (a: Tensor, factor: number, b: Tensor): Tensor => ({
  shape: a.shape,
  data: a.data.map((value, index) => value + factor * (b.data[index] as number)),
});

/**
 * The relative difference between the derivative of `loss` at x in a random direction, by central differences, and
 * gradient . direction; relative to the larger of the derivative and 1.
 */
export function directionalError(
  loss: (x: Tensor) => number,
  gradient: Tensor,
  x: Tensor,
  stream: RandomStream,
  step = 1e-5,
): number {
  const direction = randomTensor(x.shape, stream);
  const numeric = (loss(moved(x, step, direction)) - loss(moved(x, -step, direction))) / (2 * step);
  return Math.abs(numeric - dot(gradient.data, direction.data)) / Math.max(1, Math.abs(numeric));
}

/** Builds small graphs by hand. `value` answers the id; `range` lays out one tensor after the other. */
export function graphBuilder(batch: number) {
  const values: Value[] = [];
  const nodes: GraphNode[] = [];
  const value = (label: string, shape: readonly number[], role: Role, part?: Value['part']): ValueId => {
    const id = values.length;
    const dtype = label === 'images' ? 'uint8' : role === 'input' ? 'int32' : 'float32';
    values.push({ id, label, shape, dtype, role, owner: 'test', module: sharedModule, part, initial: undefined });
    return id;
  };
  const range = (label: string, role: Role, shapes: Readonly<Record<string, readonly number[]>>) => {
    const sizes = Object.values(shapes).map((shape) => alignedBytes(4 * elements(shape)));
    const of = value(label, [sizes.reduce((sum, bytes) => sum + bytes, 0) / 4], role);
    const ids: Record<string, ValueId> = {};
    let offset = 0;
    for (const [name, shape] of Object.entries(shapes)) {
      ids[name] = value(`${label}.${name}`, shape, role, { of, offset });
      offset += alignedBytes(4 * elements(shape));
    }
    return { of, id: (name: string): ValueId => ids[name] as ValueId };
  };
  /** Appends a node; its phase means nothing to the interpreter, its module only where it updates under a guard. */
  const push = (node: DistributiveOmit<GraphNode, 'phase' | 'module'>, module: number = sharedModule): void => {
    nodes.push({ ...node, phase: 'forward', module } as GraphNode);
  };
  const graph = (scalars: readonly string[] = []): StepGraph => ({ purpose: 'train', batch, values, nodes, scalars });
  return { value, range, push, graph };
}

type DistributiveOmit<Union, Keys extends PropertyKey> = Union extends unknown ? Omit<Union, Keys> : never;
