import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { expectOk, type Result } from '../../base/result.ts';
import { type Case, outcome, wasmExecutor } from '../agreement/agreement.ts';
import { type Builder, caseOf } from '../agreement/cases.ts';
import { createTfjsExecutor } from './executor.ts';

/** A small step: linear layer, loss, gradient, update. */
function trainingCase(): Case {
  const shapes = { weight: [6, 3], bias: [3] };
  return caseOf(
    1,
    ({ value, push, range }: Builder) => {
      const p = range('p', 'parameter', shapes);
      const v = range('v', 'optimiser', shapes);
      const g = range('g', 'gradient', shapes);
      const x = value('x', [4, 6], 'state');
      const logits = value('logits', [4, 3], 'activation');
      const [weight, bias] = [p.id('weight'), p.id('bias')];
      push({ kind: 'linear', inputs: { x, weight, bias }, outputs: { y: logits }, attributes: { relu: false } });
      const dlogits = value('dlogits', [4, 3], 'gradient');
      push({
        kind: 'softmaxCrossEntropy',
        inputs: { logits, labels: value('labels', [4], 'input') },
        outputs: { metric: value('loss', [2], 'metric'), dlogits },
        attributes: { weight: 'w' },
      });
      push({
        kind: 'linearParameterGradient',
        inputs: { x, dy: dlogits, mask: undefined },
        outputs: { dweight: g.id('weight'), dbias: g.id('bias') },
        attributes: { accumulate: false },
      });
      const ranges = { parameters: p.of, velocities: v.of };
      push({
        kind: 'sgdUpdate',
        inputs: { ...ranges, gradients: g.of, guard: undefined },
        outputs: { ...ranges, guard: undefined },
        attributes: { learningRate: 'rate', momentum: 'momentum', weightDecay: undefined, nesterov: true },
      });
    },
    { w: 1, rate: 0.1, momentum: 0.9 },
  );
}

const errorOf = (result: Result<unknown>) => (result.ok ? undefined : result.error);

test('a step leaves no tensor behind, and nothing is left after disposal', async () => {
  const executor = await wasmExecutor();
  const before = memory().numTensors;
  const { graph, batch, scalars = {} } = trainingCase();
  const program = expectOk(await executor.compile(graph));
  expectOk(await program.run(scalars, batch));
  const once = memory().numTensors;
  for (let step = 0; step < 3; step++) {
    expectOk(await program.run(scalars, batch));
    expectOk(await program.metrics());
    expect(memory().numTensors).toBe(once);
  }
  program.dispose();
  executor.dispose();
  expect(memory().numTensors).toBe(before);
});

test('a failed run names its node, frees what it made and can be repeated', async () => {
  const executor = await wasmExecutor();
  const { graph, batch, scalars = {} } = trainingCase();
  const program = expectOk(await executor.compile(graph));
  const before = memory().numTensors;
  const wrong = { ...batch, labels: Int32Array.of(0, 1, 2, 9) };
  const error = errorOf(await program.run(scalars, wrong));
  expect(error?.where).toBe('softmaxCrossEntropy loss');
  expect(error?.message).toContain('label 9');
  expect(memory().numTensors).toBe(before);
  expect(errorOf(await program.metrics())?.message).toContain('No run');
  expectOk(await program.run(scalars, batch));
});

test('what a caller can get wrong is refused with the name', async () => {
  const executor = await wasmExecutor();
  const { graph, batch, scalars = {} } = trainingCase();
  const program = expectOk(await executor.compile(graph));
  const { w: _, ...fewer } = scalars;
  expect(errorOf(await program.run(fewer, batch))?.where).toBe('w');
  expect(errorOf(await program.run(scalars, { ...batch, labels: new Int32Array(3) }))?.where).toBe('labels');
  expect(errorOf(await executor.write('nobody', new Float32Array(1)))?.where).toBe('nobody');
  expect(errorOf(await executor.read('nobody'))?.where).toBe('nobody');
  expect(errorOf(await executor.write('p.bias', new Float32Array(4)))?.where).toBe('p.bias');
  expect(errorOf(await executor.read('p'))?.where).toBe('p');
  const reshaped = {
    ...graph,
    values: graph.values.map((value) => (value.label === 'x' ? { ...value, shape: [6, 4] } : value)),
  };
  expect(errorOf(await executor.compile(reshaped))?.where).toBe('x');
});

test('two runs at once are refused', async () => {
  const executor = await wasmExecutor();
  const { graph, batch, scalars = {} } = trainingCase();
  const program = expectOk(await executor.compile(graph));
  const both = await Promise.all([program.run(scalars, batch), program.run(scalars, batch)]);
  expect(both.map(({ ok }) => ok)).toEqual([true, false]);
});

test('programs share persistent values by label, which start at zero, are copied in and out, and can be dropped', async () => {
  const executor = await wasmExecutor();
  const { graph } = trainingCase();
  expectOk(await executor.compile(graph));
  expect([...expectOk(await executor.read('p.bias'))]).toEqual([0, 0, 0]);
  const given = Float64Array.of(1, 2, 3);
  expectOk(await executor.write('p.bias', given));
  given.fill(9);
  expectOk(await executor.compile(graph));
  const answer = expectOk(await executor.read('p.bias'));
  expect([...answer]).toEqual([1, 2, 3]);
  answer.fill(9);
  expect([...expectOk(await executor.read('p.bias'))]).toEqual([1, 2, 3]);
  executor.drop(['p.bias']);
  expect(errorOf(await executor.read('p.bias'))?.where).toBe('p.bias');
});

test('bytes held are those of the persistent values and metrics; the peak is higher and can be reset', async () => {
  const executor = await wasmExecutor();
  const { graph, batch, scalars = {} } = trainingCase();
  const program = expectOk(await executor.compile(graph));
  const persistent = 4 * (2 * (18 + 3) + 24);
  expect(executor.bytes()).toEqual({ held: persistent, peak: persistent, kind: 'measured' });
  expectOk(await program.run(scalars, batch));
  expect(executor.bytes().held).toBe(persistent + 8);
  expect(executor.bytes().peak).toBeGreaterThan(persistent + 4 * 12 * 2);
  program.dispose();
  executor.resetPeak();
  expect(executor.bytes()).toEqual({ held: persistent, peak: persistent, kind: 'measured' });
});

test('one seed gives one result', async () => {
  const executor = await wasmExecutor();
  const given = trainingCase();
  expect(await outcome(executor, given)).toEqual(await outcome(executor, given));
});

test('a run of more than 50 ms breathes', async () => {
  const executor = await wasmExecutor();
  const given = caseOf(2, ({ value, push }) => {
    const x = value('x', [64, 32, 32, 16], 'state');
    const weights = [value('weights', [3, 3, 16, 16], 'state')];
    for (let layer = 0; layer < 12; layer++) {
      const y = value(`y${layer}`, [64, 32, 32, 16], 'activation');
      push({
        kind: 'conv2d',
        inputs: { x, weights, biases: [] },
        outputs: { y },
        attributes: { stride: 1, padding: 1 },
      });
    }
  });
  const program = expectOk(await executor.compile(given.graph));
  let breaths = 0;
  const breathe = async () => {
    breaths++;
  };
  expectOk(await program.run({}, given.batch, breathe));
  expect(breaths).toBeGreaterThan(1);
  program.dispose();
});

test('profiling reports milliseconds by node kind and by kernel', async () => {
  const executor = expectOk(await createTfjsExecutor({ backend: 'wasm', profile: true }));
  await outcome(executor, trainingCase());
  expect([...(executor.profile?.byKind.keys() ?? [])]).toContain('sgdUpdate');
  expect([...(executor.profile?.byKernel.keys() ?? [])]).toContain('BatchMatMul');
  executor.resetProfile();
  expect(executor.profile?.byKind.size).toBe(0);
});
