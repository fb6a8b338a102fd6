import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import type { StepGraph } from '../../graph/graph.ts';
import { createInterpreter } from './interpreter.ts';
import { dot, graphBuilder, randomTensor, testStream } from './test-support.ts';

const [batch, side, width, classes] = [4, 6, 5, 3];
const map = [batch, side, side, width];
const grid = { grid: 2, first: 0, count: 4 };
const pooled = { sample: { ...grid, height: 3, width: 3 } };
/** Patches of the second, strided map (3 x 3, so patches of one pixel) are resized up to the image's patches. */
const resized = { stride: 1, padding: 1, sample: { ...grid, height: 3, width: 3 } };
const normalisation = { groups: 1, epsilon: 1e-5 };
const plain = { stride: 1, padding: 1 };
const image = { mean: [0.5, 0.4, 0.3], std: [0.2, 0.3, 0.25] };

const shapes: Readonly<Record<string, readonly number[]>> = {
  w1: [3, 3, 3, width],
  b1: [width],
  gamma1: [width],
  beta1: [width],
  w2: [3, 3, width, width],
  gamma2: [width],
  beta2: [width],
  hidden: [width, 4],
  hiddenBias: [4],
  last: [4, classes],
  lastBias: [classes],
  ...Object.fromEntries(
    [0, 1, 2, 3].flatMap((p) => [
      [`decoder${p}`, [3, 3, width, 3]],
      [`decoderBias${p}`, [3]],
    ]),
  ),
};

/**
 * A network with a residual block and three heads (cross-entropy, contrast over patches, reconstruction of patches), its
 * gradient written out by hand, and one update: every node kind at least once.
 */
function everyKind(): StepGraph {
  const { value, range, push, graph } = graphBuilder(batch);
  const images = value('images', [batch, side, side, 3], 'input');
  const labels = value('labels', [batch], 'input');
  const crops = value('crops', [batch, 3], 'input');
  const guard = value('guard', [1], 'state');
  const parameters = range('p', 'parameter', shapes);
  const velocities = range('v', 'optimiser', shapes);
  const gradients = range('g', 'gradient', shapes);
  const { id: p } = parameters;
  const { id: g } = gradients;
  const activation = (label: string, shape: readonly number[]) => value(label, shape, 'activation');
  const gradient = (label: string, shape: readonly number[]) => value(label, shape, 'gradient');
  const decoders = [0, 1, 2, 3].map((patch) => `decoder${patch}`);
  const decoderBiases = [0, 1, 2, 3].map((patch) => `decoderBias${patch}`);

  const y = activation('y', [batch, side, side, 3]);
  push({
    kind: 'augmentNormalise',
    inputs: { images, crops },
    outputs: { y },
    attributes: { ...image, padding: 'reflect', pad: 1 },
  });
  const normalised = (index: 1 | 2, x: number, residual: number | undefined) => {
    const statistics = {
      mean: activation(`mean${index}`, [1, width]),
      variance: activation(`variance${index}`, [1, width]),
      runningMeans: [value(`runningMean${index}`, [width], 'state')],
      runningVariances: [value(`runningVariance${index}`, [width], 'state')],
    };
    const { mean, variance, ...running } = statistics;
    push({
      kind: 'batchStatistics',
      inputs: { x, ...running, guard },
      outputs: statistics,
      attributes: { groups: 1, momentum: 0.1 },
    });
    const by = { mean, variance, gammas: [p(`gamma${index}`)], betas: [p(`beta${index}`)] };
    const h = activation(`h${index}`, map);
    push({
      kind: 'normalise',
      inputs: { x, ...by, residual },
      outputs: { y: h },
      attributes: { ...normalisation, relu: true },
    });
    return { by, h };
  };
  const c1 = activation('c1', map);
  push({
    kind: 'conv2d',
    inputs: { x: y, weights: [p('w1')], biases: [p('b1')] },
    outputs: { y: c1 },
    attributes: plain,
  });
  const { by: by1, h: h1 } = normalised(1, c1, undefined);
  const c2 = activation('c2', map);
  push({ kind: 'conv2d', inputs: { x: h1, weights: [p('w2')], biases: [] }, outputs: { y: c2 }, attributes: plain });
  const { by: by2, h: h2 } = normalised(2, c2, h1);

  // Classifier.
  const pool = activation('pool', [batch, width]);
  const hidden = activation('hidden', [batch, 4]);
  const logits = activation('logits', [batch, classes]);
  const dlogits = gradient('dlogits', [batch, classes]);
  const dhidden = gradient('dhidden', [batch, 4]);
  const dpool = gradient('dpool', [batch, width]);
  const dclassifier = gradient('dclassifier', map);
  const crossEntropy = value('cross-entropy', [2], 'metric');
  push({ kind: 'globalAveragePool', inputs: { x: h2 }, outputs: { y: pool }, attributes: {} });
  push({
    kind: 'linear',
    inputs: { x: pool, weight: p('hidden'), bias: p('hiddenBias') },
    outputs: { y: hidden },
    attributes: { relu: true },
  });
  push({
    kind: 'linear',
    inputs: { x: hidden, weight: p('last'), bias: p('lastBias') },
    outputs: { y: logits },
    attributes: { relu: false },
  });
  push({
    kind: 'softmaxCrossEntropy',
    inputs: { logits, labels },
    outputs: { metric: crossEntropy, dlogits },
    attributes: { weight: 'wc' },
  });
  push({
    kind: 'linearParameterGradient',
    inputs: { x: hidden, dy: dlogits, mask: undefined },
    outputs: { dweight: g('last'), dbias: g('lastBias') },
    attributes: { accumulate: true },
  });
  push({
    kind: 'linearInputGradient',
    inputs: { dy: dlogits, weight: p('last'), mask: undefined },
    outputs: { dx: dhidden },
    attributes: {},
  });
  push({
    kind: 'linearParameterGradient',
    inputs: { x: pool, dy: dhidden, mask: hidden },
    outputs: { dweight: g('hidden'), dbias: g('hiddenBias') },
    attributes: { accumulate: false },
  });
  push({
    kind: 'linearInputGradient',
    inputs: { dy: dhidden, weight: p('hidden'), mask: hidden },
    outputs: { dx: dpool },
    attributes: {},
  });
  push({
    kind: 'globalAveragePoolGradient',
    inputs: { dy: dpool, accumulate: undefined },
    outputs: { dx: dclassifier },
    attributes: {},
  });

  // Contrast of the mean of four patches' features.
  const patches = activation('patches', [4 * batch, width]);
  const mean = activation('mean', [batch, width]);
  const features = activation('features', [batch, width]);
  const dfeatures = gradient('dfeatures', [batch, width]);
  const dmean = gradient('dmean', [batch, width]);
  const dpatches = gradient('dpatches', [4 * batch, width]);
  const dcontrast = gradient('dcontrast', map);
  const contrast = value('contrast', [1], 'metric');
  push({ kind: 'globalAveragePool', inputs: { x: h2 }, outputs: { y: patches }, attributes: pooled });
  push({
    kind: 'sumGroups',
    inputs: { x: patches, accumulate: undefined },
    outputs: { y: mean },
    attributes: { groups: 4, scale: 0.25 },
  });
  push({ kind: 'l2Normalise', inputs: { x: mean }, outputs: { y: features }, attributes: {} });
  push({
    kind: 'contrast',
    inputs: { features, labels },
    outputs: { metric: contrast, dfeatures },
    attributes: { weight: 'wf', temperature: 0.5 },
  });
  push({ kind: 'l2NormaliseGradient', inputs: { x: mean, dy: dfeatures }, outputs: { dx: dmean }, attributes: {} });
  push({
    kind: 'spreadGroups',
    inputs: { dy: dmean },
    outputs: { dx: dpatches },
    attributes: { groups: 4, scale: 0.25 },
  });
  push({
    kind: 'globalAveragePoolGradient',
    inputs: { dy: dpatches, accumulate: undefined },
    outputs: { dx: dcontrast },
    attributes: pooled,
  });

  // Reconstruction of four patches by decoders of their own.
  const z = activation('z', [4 * batch, 3, 3, 3]);
  const dz = gradient('dz', [4 * batch, 3, 3, 3]);
  const both = gradient('both', map);
  const dh2 = gradient('dh2', map);
  const reconstruction = value('reconstruction', [1], 'metric');
  push({
    kind: 'conv2d',
    inputs: { x: h2, weights: decoders.map(p), biases: decoderBiases.map(p) },
    outputs: { y: z },
    attributes: resized,
  });
  push({
    kind: 'binaryCrossEntropy',
    inputs: { logits: z, image: y },
    outputs: { metric: reconstruction, dlogits: dz },
    attributes: { ...image, weight: 'wr', scale: 1, grid: 2, first: 0, groups: 4 },
  });
  push({
    kind: 'conv2dParameterGradient',
    inputs: { x: h2, dy: dz },
    outputs: { dweights: decoders.map(g), dbiases: decoderBiases.map(g) },
    attributes: { ...resized, accumulate: false },
  });
  push({
    kind: 'add',
    inputs: { a: dclassifier, b: dcontrast, maskA: undefined, maskB: undefined },
    outputs: { y: both },
    attributes: {},
  });
  push({
    kind: 'conv2dInputGradient',
    inputs: { dy: dz, weights: decoders.map(p), accumulate: both, accumulateMask: undefined },
    outputs: { dx: dh2 },
    attributes: resized,
  });

  // The residual block, backwards: the ReLU's mask is applied where the cotangent is read.
  const dc2 = gradient('dc2', map);
  const dh1 = gradient('dh1', map);
  const dc1 = gradient('dc1', map);
  push({
    kind: 'batchNormGradient',
    inputs: { x: c2, ...by2, dy: dh2, mask: h2 },
    outputs: { dx: dc2, dgammas: [g('gamma2')], dbetas: [g('beta2')] },
    attributes: { ...normalisation, relu: false, accumulate: true },
  });
  push({
    kind: 'conv2dParameterGradient',
    inputs: { x: h1, dy: dc2 },
    outputs: { dweights: [g('w2')], dbiases: [] },
    attributes: { ...plain, accumulate: true },
  });
  push({
    kind: 'conv2dInputGradient',
    inputs: { dy: dc2, weights: [p('w2')], accumulate: dh2, accumulateMask: h2 },
    outputs: { dx: dh1 },
    attributes: plain,
  });
  push({
    kind: 'batchNormGradient',
    inputs: { x: c1, ...by1, dy: dh1, mask: undefined },
    outputs: { dx: dc1, dgammas: [g('gamma1')], dbetas: [g('beta1')] },
    attributes: { ...normalisation, relu: true, accumulate: false },
  });
  push({
    kind: 'conv2dParameterGradient',
    inputs: { x: y, dy: dc1 },
    outputs: { dweights: [g('w1')], dbiases: [g('b1')] },
    attributes: { ...plain, accumulate: false },
  });
  push({
    kind: 'sgdUpdate',
    inputs: { parameters: parameters.of, velocities: velocities.of, gradients: gradients.of, guard },
    outputs: { parameters: parameters.of, velocities: velocities.of, guard },
    attributes: { learningRate: 'rate', momentum: 'momentum', weightDecay: undefined, nesterov: false },
  });
  push({ kind: 'copy', inputs: { x: guard }, outputs: { y: value('guard now', [1], 'metric') }, attributes: {} });
  return graph(['wc', 'wf', 'wr', 'rate', 'momentum']);
}

test('a step through every node kind has the gradient that finite differences of its losses have', async () => {
  const graph = everyKind();
  expect(new Set(graph.nodes.map(({ kind }) => kind)).size).toBe(22);
  const interpreter = createInterpreter();
  const program = expectOk(await interpreter.compile(graph));
  const stream = testStream(20);
  const names = Object.keys(shapes).map((name) => `p.${name}`);
  const start = new Map(names.map((name) => [name, randomTensor(shapes[name.slice(2)] ?? [], stream).data]));
  const images = Uint8Array.from({ length: batch * side * side * 3 }, () => stream.below(256));
  const crops = Int32Array.from([0, 0, 0, 1, 2, 1, 2, 1, 0, 1, 1, 1]);
  const step = { images, labels: Int32Array.from([0, 1, 0, 2]), crops };

  const run = async (direction: Map<string, Float64Array>, distance: number, rate: number): Promise<number> => {
    for (const name of names) {
      const along = direction.get(name);
      const from = start.get(name) as Float64Array;
      expectOk(
        await interpreter.write(
          name,
          from.map((value, at) => value + distance * (along?.[at] ?? 0)),
        ),
      );
    }
    expectOk(await program.run({ wc: 0.7, wf: 0.4, wr: 0.6, rate, momentum: 0 }, step));
    const metrics = expectOk(await program.metrics());
    const metric = (name: string) => metrics.get(name)?.[0] as number;
    return (0.7 * metric('cross-entropy')) / batch + 0.4 * metric('contrast') + 0.6 * metric('reconstruction');
  };

  await run(new Map(), 0, 1);
  const gradient = new Map<string, Float64Array>();
  for (const name of names) {
    const after = expectOk(await interpreter.read(name));
    gradient.set(
      name,
      (start.get(name) as Float64Array).map((value, at) => value - (after[at] as number)),
    );
  }
  for (const name of names) {
    const direction = randomTensor(shapes[name.slice(2)] ?? [], stream).data;
    const along = new Map([[name, direction]]);
    const numeric = ((await run(along, 1e-6, 0)) - (await run(along, -1e-6, 0))) / 2e-6;
    const exact = dot(gradient.get(name) as Float64Array, direction);
    expect(Math.abs(numeric - exact), name).toBeLessThan(1e-7 * Math.max(1, Math.abs(exact)));
  }
});
