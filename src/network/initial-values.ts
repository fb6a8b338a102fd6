import { randomStream } from '../base/random.ts';
import { elements, type Value } from '../graph/value.ts';

/**
 * Initial contents of a persistent value: drawn from the stream of (seed, its label), so that one seed gives one backbone under every
 * method, cut and executor.
 */
export function initialValues(value: Value, seed: number): Float32Array {
  const data = new Float32Array(elements(value.shape));
  const { initial } = value;
  if (initial === undefined) return data;
  switch (initial.kind) {
    case 'constant':
      return data.fill(initial.value);
    case 'normal': {
      const stream = randomStream(seed, value.label);
      return data.map(() => initial.deviation * stream.normal());
    }
    case 'uniform': {
      const stream = randomStream(seed, value.label);
      return data.map(() => initial.bound * (2 * stream.uniform() - 1));
    }
  }
}
