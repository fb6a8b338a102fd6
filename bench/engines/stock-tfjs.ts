import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import {
  add,
  batchNorm,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  conv2d,
  engine,
  losses,
  matMul,
  mean,
  memory,
  moments,
  mul,
  oneHot,
  randomNormal,
  relu,
  type Scalar,
  setBackend,
  slice,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tensor,
  tensor1d,
  tensor4d,
  tidy,
  train,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import type { Experiment } from '../../src/experiment/experiment.ts';
import type { BlockShape } from '../../src/network/network-shape.ts';
import { type Direction, type LoneConvolution, multiplyAddsOf, shapesOf } from '../peers/convolutions.ts';
import { type PeerNetwork, peerNetwork } from '../peers/peer-network.ts';
import type { Engine, Prepared } from './engine.ts';

const epsilon = 1e-5;
/** Share of the old running statistic that stays. */
const running = 0.9;

/** tfjs as its users write it: ops, `variableGrads` through an optimiser, batch normalisation as tf.layers does it. */
export async function openStockTfjs(backend: 'webgpu' | 'webgl'): Promise<Engine> {
  await (backend === 'webgpu' ? import('@tensorflow/tfjs-backend-webgpu') : import('@tensorflow/tfjs-backend-webgl'));
  if (!(await setBackend(backend))) throw new Error(`tfjs has no ${backend} backend here`);
  return {
    step: async (experiment) => prepareStep(experiment),
    async matmul(size) {
      const a = randomNormal([size, size]) as Tensor2D;
      const b = randomNormal([size, size]) as Tensor2D;
      return prepareOperation(() => matMul(a, b), size ** 3, [a, b]);
    },
    convolution: async (convolution, direction) => prepareConvolution(convolution, direction),
  };
}

function prepareStep(experiment: Experiment): Prepared {
  const network = peerNetwork(experiment);
  const model = createModel(network);
  const optimiser = train.momentum(network.learningRate, network.momentum, true);
  const { batch, imageSize, classes } = network;
  return {
    async run() {
      const images = tensor4d(network.images, [batch, imageSize, imageSize, 3]);
      const labels = tidy(() => oneHot(tensor1d(network.labels, 'int32'), classes));
      const loss = optimiser.minimize(
        () => losses.softmaxCrossEntropy(labels, model.logits(images)) as Scalar,
        true,
        model.parameters,
      ) as Scalar;
      const [value] = await loss.data();
      for (const used of [images, labels, loss]) used.dispose();
      return value;
    },
    warmUp: 1,
    multiplyAdds: network.multiplyAdds,
    images: batch,
    plannedBytes: undefined,
    ownBytes: textureBytes,
    remarks: ['no weight decay'],
    dispose() {
      optimiser.dispose();
      for (const parameter of model.parameters) parameter.dispose();
    },
  };
}

/** What the WebGL backend has allocated; it never shrinks. */
function textureBytes(): number | undefined {
  const bytes: unknown = Reflect.get(memory(), 'numBytesInGPUAllocated');
  return typeof bytes === 'number' ? bytes : undefined;
}

function createModel(network: PeerNetwork) {
  const variables = new Map<string, Variable>();
  for (const [label, { shape, data }] of network.parameters)
    variables.set(label, variable(tensor(data, [...shape]), true));
  const statistics = new Map<string, { readonly mean: Variable; readonly variance: Variable }>();
  const parameter = (label: string): Variable => {
    const found = variables.get(label);
    if (found === undefined) throw new Error(`there is no parameter ${label}`);
    return found;
  };
  const runningOf = (label: string, channels: number) => {
    const known = statistics.get(label);
    if (known !== undefined) return known;
    const made = {
      mean: variable(tensor1d(new Float32Array(channels)), false),
      variance: variable(tensor1d(new Float32Array(channels).fill(1)), false),
    };
    statistics.set(label, made);
    return made;
  };
  const move = (held: Variable, value: Tensor) => {
    held.assign(sub(held, mul(sub(held, value), 1 - running)));
  };
  const normalised = (x: Tensor4D, label: string): Tensor4D => {
    const { mean: batchMean, variance } = moments(x, [0, 1, 2]);
    const kept = runningOf(label, batchMean.size);
    move(kept.mean, batchMean);
    move(kept.variance, variance);
    const beta = parameter(`${label}.bias`) as Tensor as Tensor1D;
    const gamma = parameter(`${label}.weight`) as Tensor as Tensor1D;
    return batchNorm(x, batchMean as Tensor1D, variance as Tensor1D, beta, gamma, epsilon);
  };
  const convolved = (x: Tensor4D, label: string, stride: number): Tensor4D =>
    conv2d(x, parameter(label) as Tensor as Tensor4D, stride, 'same');
  const block = (x: Tensor4D, { key, inputs, outputs, stride }: BlockShape): Tensor4D => {
    const owner = `block.${key}`;
    const inner = relu(normalised(convolved(x, `${owner}.conv1.weight`, stride), `${owner}.bn1`));
    const outer = normalised(convolved(inner, `${owner}.conv2.weight`, 1), `${owner}.bn2`);
    const shortcut =
      inputs === outputs && stride === 1
        ? x
        : normalised(convolved(x, `${owner}.downsample.0.weight`, stride), `${owner}.downsample.1`);
    return relu(add(outer, shortcut));
  };
  return {
    parameters: [...variables.values()],
    logits(images: Tensor4D): Tensor2D {
      const stem = relu(normalised(convolved(images, 'stem.conv1.weight', 1), 'stem.bn1'));
      const features = network.blocks.reduce(block, stem);
      const pooled = mean(features, [1, 2]) as Tensor2D;
      return add(matMul(pooled, parameter('head.fc.weight') as Tensor as Tensor2D), parameter('head.fc.bias'));
    },
  };
}

function prepareConvolution(convolution: LoneConvolution, direction: Direction): Prepared {
  const { x, y, weights } = shapesOf(convolution);
  const { stride } = convolution;
  const image = randomNormal([...x]) as Tensor4D;
  const filter = randomNormal([...weights]) as Tensor4D;
  const dy = randomNormal([...y]) as Tensor4D;
  const attributes = { strides: [stride, stride], pad: 'same', dataFormat: 'NHWC' };
  const operation = (): Tensor => {
    switch (direction) {
      case 'forward':
        return conv2d(image, filter, stride, 'same');
      case 'input gradient':
        return engine().runKernel(Conv2DBackpropInput, { dy, filter }, { ...attributes, inputShape: [...x] }) as Tensor;
      case 'filter gradient':
        return engine().runKernel(
          Conv2DBackpropFilter,
          { x: image, dy },
          { ...attributes, filterShape: [...weights] },
        ) as Tensor;
    }
  };
  return prepareOperation(operation, multiplyAddsOf(convolution), [image, filter, dy]);
}

/** An operation, run until a number of its result has been read. */
function prepareOperation(operation: () => Tensor, multiplyAdds: number, held: readonly Tensor[]): Prepared {
  return {
    async run() {
      const result = operation();
      const one = slice(
        result,
        result.shape.map(() => 0),
        result.shape.map(() => 1),
      );
      await one.data();
      result.dispose();
      one.dispose();
      return undefined;
    },
    warmUp: 1,
    multiplyAdds,
    images: undefined,
    plannedBytes: undefined,
    remarks: [],
    dispose() {
      for (const used of held) used.dispose();
    },
  };
}
