import { expect, test } from 'vitest';
import { expectOk, type Result } from '../../base/result.ts';
import type { Batch } from '../executor.ts';
import { createInterpreter } from './interpreter.ts';
import { graphBuilder } from './test-support.ts';

const noBatch: Batch = { images: new Uint8Array(), labels: new Int32Array(), crops: new Int32Array() };
const scalars = { rate: 0.1, momentum: 0.9, decay: 0.01 };
const update = { learningRate: 'rate', momentum: 'momentum', weightDecay: 'decay', nesterov: true };
const message = (result: Result<unknown>): string =>
  result.ok ? '' : `${result.error.where}: ${result.error.message}`;

/** Linear probe without a batch: x is state. Only the weight's gradient is written; the part 'idle' has none. */
function probeGraph(label = 'x') {
  const { value, range, push, graph } = graphBuilder(2);
  const shapes = { weight: [1, 1], bias: [1], idle: [2] };
  const [p, v, g] = [range('p', 'parameter', shapes), range('v', 'optimiser', shapes), range('g', 'gradient', shapes)];
  const x = value(label, [2, 1], 'state');
  const y = value('y', [2, 1], 'activation');
  const sum = value('sum', [1, 1], 'metric');
  push({
    kind: 'linear',
    inputs: { x, weight: p.id('weight'), bias: p.id('bias') },
    outputs: { y },
    attributes: { relu: false },
  });
  push({
    kind: 'sumGroups',
    inputs: { x: y, accumulate: undefined },
    outputs: { y: sum },
    attributes: { groups: 2, scale: 1 },
  });
  // Twice: the second adds to the first.
  for (let time = 0; time < 2; time++) {
    push({
      kind: 'linearParameterGradient',
      inputs: { x, dy: y, mask: undefined },
      outputs: { dweight: g.id('weight'), dbias: g.id('bias') },
      attributes: { accumulate: true },
    });
  }
  push({
    kind: 'sgdUpdate',
    inputs: { parameters: p.of, velocities: v.of, gradients: g.of, guard: undefined },
    outputs: { parameters: p.of, velocities: v.of, guard: undefined },
    attributes: update,
  });
  return graph(['rate', 'momentum', 'decay']);
}

test('an update walks the parts of its ranges; an unwritten gradient is zero, in each run anew', async () => {
  const interpreter = createInterpreter();
  const program = expectOk(await interpreter.compile(probeGraph()));
  expectOk(await interpreter.write('x', Float32Array.of(1, 2)));
  expectOk(await interpreter.write('p.weight', Float64Array.of(3)));
  expectOk(await interpreter.write('p.idle', Float64Array.of(1, -1)));
  expectOk(await program.run(scalars, noBatch));
  expect([...expectOk(await program.metrics())].map(([name, data]) => [name, [...data]])).toEqual([['sum', [9]]]);
  // Gradient of the weight 2 * (1*3 + 2*6) = 30, plus decay 0.03; the idle part only decays.
  const read = async (name: string) => expectOk(await interpreter.read(name))[0] as number;
  expect(await read('v.weight')).toBeCloseTo(30.03, 12);
  expect(await read('p.weight')).toBeCloseTo(3 - 0.1 * 1.9 * 30.03, 12);
  expect(await read('p.idle')).toBeCloseTo(1 - 0.1 * 1.9 * 0.01, 12);
  const weight = await read('p.weight');
  expectOk(await interpreter.write('p.bias', Float64Array.of(0)));
  expectOk(await program.run({ rate: 0, momentum: 0, decay: 0 }, noBatch));
  expect(await read('v.weight')).toBeCloseTo(10 * weight, 10);
});

test('persistent values are shared by label, start at zero, are copied in and out, and can be dropped', async () => {
  const interpreter = createInterpreter();
  expectOk(await interpreter.compile(probeGraph()));
  expect(expectOk(await interpreter.read('p.weight'))).toEqual(Float64Array.of(0));
  const given = Float64Array.of(4);
  expectOk(await interpreter.write('p.weight', given));
  given[0] = 5;
  const other = expectOk(await interpreter.compile(probeGraph()));
  expectOk(await interpreter.read('p.weight'))[0] = 6;
  expect(expectOk(await interpreter.read('p.weight'))).toEqual(Float64Array.of(4));
  expect(message(await interpreter.write('p.weight', Float64Array.of(1, 2)))).toContain('p.weight: p.weight holds 1');
  expect(message(await interpreter.write('p', Float64Array.of(1)))).toContain('no persistent value p');
  interpreter.drop(['p.weight', 'never there']);
  expect(message(await interpreter.read('p.weight'))).toContain('no persistent value');
  expect(message(await other.run(scalars, noBatch))).toContain('linear y: p.weight holds nothing');
  expectOk(await interpreter.compile(probeGraph()));
  expect(expectOk(await interpreter.read('p.weight'))).toEqual(Float64Array.of(0));
});

test('bytes count persistent values, transient ones only while they live, and kept metrics', async () => {
  const interpreter = createInterpreter();
  const program = expectOk(await interpreter.compile(probeGraph()));
  const persistent = 8 * (2 * (1 + 1 + 2) + 2);
  expect(interpreter.bytes()).toEqual({ held: persistent, peak: persistent, kind: 'measured' });
  expectOk(await program.run(scalars, noBatch));
  // At the most: y [2,1], the sum, and the gradients of weight and bias.
  expect(interpreter.bytes()).toEqual({ held: persistent + 8, peak: persistent + 8 * 5, kind: 'measured' });
  program.dispose();
  interpreter.resetPeak();
  expect(interpreter.bytes()).toEqual({ held: persistent, peak: persistent, kind: 'measured' });
  expect(message(await program.run(scalars, noBatch))).toContain('disposed');
});

test('missing scalars, wrong batches, early metrics and concurrent runs are refused', async () => {
  const interpreter = createInterpreter();
  const { value, push, graph } = graphBuilder(1);
  const images = value('images', [1, 2, 2, 3], 'input');
  const crops = value('crops', [1, 3], 'input');
  const y = value('y', [1, 2, 2, 3], 'activation');
  const attributes = { mean: [0, 0, 0], std: [1, 1, 1], padding: 'zero', pad: 0 } as const;
  push({ kind: 'augmentNormalise', inputs: { images, crops }, outputs: { y }, attributes });
  push({
    kind: 'add',
    inputs: { a: y, b: y, maskA: undefined, maskB: undefined },
    outputs: { y: value('twice', [1, 2, 2, 3], 'metric') },
    attributes: {},
  });
  const program = expectOk(await interpreter.compile(graph(['rate'])));
  const batch = { ...noBatch, images: new Uint8Array(12), crops: new Int32Array(3) };
  expect(message(await program.metrics())).toContain('no metrics');
  expect(message(await program.run({}, batch))).toBe('rate: No finite number was given for rate.');
  expect(message(await program.run({ rate: Number.NaN }, batch))).toContain('rate');
  expect(message(await program.run({ rate: 1 }, noBatch))).toContain('images: The batch has 0 numbers');
  expect(message(await program.run({ rate: 1 }, { ...batch, crops: Int32Array.of(1, 0, 0) }))).toContain(
    'augmentNormalise y: crop offset 1',
  );
  const first = program.run({ rate: 1 }, batch);
  expect(message(await program.run({ rate: 1 }, batch))).toContain('Another run is under way');
  expectOk(await first);
});

test('graphs that cannot run are refused with the node', async () => {
  const interpreter = createInterpreter();
  const unread = graphBuilder(1);
  const [a, y] = [unread.value('a', [1], 'activation'), unread.value('y', [1], 'activation')];
  unread.push({ kind: 'add', inputs: { a, b: a, maskA: undefined, maskB: undefined }, outputs: { y }, attributes: {} });
  expect(message(await interpreter.compile(unread.graph()))).toContain('add y: a is read before');

  const layout = graphBuilder(1);
  const p = layout.range('p', 'parameter', { a: [1], b: [2] });
  const v = layout.range('v', 'optimiser', { a: [1], b: [3] });
  const ranges = { parameters: p.of, velocities: v.of, guard: undefined };
  layout.push({ kind: 'sgdUpdate', inputs: { ...ranges, gradients: undefined }, outputs: ranges, attributes: update });
  expect(message(await interpreter.compile(layout.graph(Object.keys(scalars))))).toContain('p.b has no velocity');

  expect(message(await interpreter.compile({ ...probeGraph(), scalars: ['rate'] }))).toContain('Scalar momentum');
  expect(message(await interpreter.compile(probeGraph('p.weight')))).toContain('Two values are labelled p.weight');

  const inputs = graphBuilder(1);
  inputs.value('pictures', [1], 'input');
  expect(message(await interpreter.compile(inputs.graph()))).toContain('Input pictures is unknown');

  expectOk(await interpreter.compile(probeGraph()));
  const reshaped = graphBuilder(1);
  reshaped.value('p.weight', [2, 2], 'parameter');
  expect(message(await interpreter.compile(reshaped.graph()))).toContain('p.weight exists as [1, 1]');
});
