import { expect, test } from 'vitest';
import { barsOf } from './bars.ts';
import { type EngineName, emptyFinding, type Finding } from './measurement.ts';

const finding = (name: string, engine: EngineName, values: Partial<Finding>): Finding => ({
  ...emptyFinding({ name, engine, host: 'chromium', subject: { kind: 'matmul', size: 1 } }, name),
  ...values,
});
const step = 'bp/resnet32, batch 32';

test('a bar is a ratio of one run, and says whether it is met', () => {
  const bars = barsOf([
    finding(step, 'webgpu', { milliseconds: 5000, gflops: 2.5, dispatches: 321, objectsMade: 0 }),
    finding(step, 'stock-tfjs-webgpu', { milliseconds: 100_000 }),
    finding('matrix product, 1024 cubed', 'webgpu', { gflops: 3 }),
    finding('matrix product, 1024 cubed', 'stock-tfjs-webgpu', { gflops: 5 }),
    finding('hpff-released/resnet32-k8, batch 32', 'webgpu', { milliseconds: 9000 }),
  ]);
  const told = Object.fromEntries(bars.map(({ what, measured, met }) => [what, [measured, met]]));
  expect(told).toEqual({
    'times faster than stock tfjs-webgpu (chromium)': ['20', true],
    'share of the best matrix product, % (chromium)': ['50', false],
    'dispatches of a step (chromium)': ['321', false],
    'GPU objects made in a warm step (chromium)': ['0', true],
    'HPFF step / BP step, K=8 (chromium)': ['1.8', true],
  });
});

test('bytes counted have to equal bytes planned', () => {
  const own = { milliseconds: 1, plannedBytes: 100, allocatedBytes: 101 };
  const equal = barsOf([finding(step, 'webgpu', own)]).find(({ what }) => what.includes('counted equals planned'));
  expect(equal?.met).toBe(false);
});

test('planning ResNet-110 has sixteen milliseconds', () => {
  const bars = [15.9, 16.1].map((milliseconds) =>
    barsOf([{ ...finding('hpff-released/resnet110-all, batch 128, plan', 'webgpu', { milliseconds }), host: 'node' }]),
  );
  expect(bars.map(([bar]) => bar?.met)).toEqual([true, false]);
});

test('what was not measured has no bar', () => {
  expect(barsOf([])).toEqual([]);
});
