import { expect, test } from 'vitest';
import { deviceInWords } from '../executor.ts';
import { chooseThreads } from './wasm-threads.ts';

test.each([
  [2, 1],
  [3, 1],
  [4, 2],
  [6, 3],
  [7, 3],
  [16, 8],
  [64, 8],
])('an isolated page with %i processors has %i threads', (processors, count) => {
  const threads = chooseThreads({ isolated: true, processors });
  expect(threads.count).toBe(count);
  expect(threads.why === undefined).toBe(count > 1);
});

test('elsewhere there is one thread, and the reason is said', () => {
  const page = chooseThreads({ isolated: false, processors: 16 });
  expect(deviceInWords({ description: 'WASM', threads: page })).toBe(
    'WASM, one thread: this page is not cross-origin isolated',
  );
  const node = chooseThreads({ isolated: undefined, processors: 16 });
  expect(deviceInWords({ description: 'WASM', threads: node })).toBe(
    'WASM, one thread: tfjs has more in browsers only',
  );
  expect(deviceInWords({ description: 'WASM', threads: { count: 4 } })).toBe('WASM, 4 threads');
  expect(deviceInWords({ description: 'WebGPU' })).toBe('WebGPU');
});
