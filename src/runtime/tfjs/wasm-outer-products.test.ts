import { expect, test } from 'vitest';
import { testStream } from '../agreement/agreement.ts';
import { compileOuterProducts } from './wasm-outer-products.ts';

const shape = { rows: 3, columns: 5, channels: 6, outputs: 13 };
const { rows, columns, channels, outputs } = shape;
const [x, dy] = [rows * columns * channels, rows * columns * outputs].map((length, seed) => {
  const stream = testStream(seed);
  return Float32Array.from({ length }, () => stream.normal());
}) as [Float32Array, Float32Array];

/** x^T dy over all pixels, in a memory of its own. */
function sumsIn(memory: WebAssembly.Memory): Float32Array {
  const numbers = new Float32Array(memory.buffer);
  const [dyAt, sumsAt] = [x.length, x.length + dy.length];
  numbers.set(x, 0);
  numbers.set(dy, dyAt);
  const run = compileOuterProducts(memory);
  const [pixel, line] = [4 * channels, 4 * columns];
  run(0, 4 * dyAt, 4 * sumsAt, rows, columns, channels, outputs, line * channels, line * outputs, pixel);
  return numbers.slice(sumsAt, sumsAt + channels * outputs);
}

test('sums the same in a memory that threads share as in one of its own', () => {
  const own = sumsIn(new WebAssembly.Memory({ initial: 1 }));
  // As large as tfjs asks for.
  const shared = sumsIn(new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true }));
  expect(shared).toEqual(own);
  // Another limit is taken too.
  expect(sumsIn(new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true }))).toEqual(own);
  for (let channel = 0; channel < channels; channel++)
    for (let output = 0; output < outputs; output++) {
      let expected = 0;
      for (let pixel = 0; pixel < rows * columns; pixel++)
        expected += (x[pixel * channels + channel] as number) * (dy[pixel * outputs + output] as number);
      expect(own[channel * outputs + output]).toBeCloseTo(expected, 4);
    }
});
