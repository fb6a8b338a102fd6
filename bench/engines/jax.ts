import { defaultDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { Experiment } from '../../src/experiment/experiment.ts';
import type { BlockShape } from '../../src/network/network-shape.ts';
import { type PeerNetwork, peerNetwork } from '../peers/peer-network.ts';
import type { Engine, Prepared } from './engine.ts';

type Parameters = Record<string, np.Array>;

/** jax-js with its reference counting: a value used again is taken by `.ref`. */
export async function openJax(device: 'webgpu' | 'wasm'): Promise<Engine> {
  const started = await init(device);
  if (!started.includes(device)) throw new Error(`jax-js has no ${device} device here`);
  defaultDevice(device);
  return {
    step: async (experiment) => prepareStep(experiment),
    matmul: () => Promise.reject(new Error('only whole steps are measured on jax-js')),
    convolution: () => Promise.reject(new Error('only whole steps are measured on jax-js')),
  };
}

/** jit of the whole step: value_and_grad and Nesterov momentum. */
function prepareStep(experiment: Experiment): Prepared {
  const network = peerNetwork(experiment);
  const { batch, imageSize, classes, momentum, learningRate } = network;
  const lossOf = (parameters: Parameters, images: np.Array, oneHot: np.Array): np.Array => {
    const logProbabilities = nn.logSoftmax(logitsOf(network, parameters, images), -1);
    return np.mean(np.sum(logProbabilities.mul(oneHot), -1)).mul(-1);
  };
  const step = jit((parameters: Parameters, velocities: Parameters, images: np.Array, oneHot: np.Array) => {
    const [loss, gradients] = valueAndGrad(lossOf)(tree.ref(parameters), images, oneHot);
    const nextVelocities: Parameters = {};
    const nextParameters: Parameters = {};
    for (const [label, gradient] of Object.entries(gradients as Parameters)) {
      const velocity = (velocities[label] as np.Array).mul(momentum).add(gradient.ref);
      nextVelocities[label] = velocity.ref;
      const change = gradient.add(velocity.mul(momentum)).mul(learningRate);
      nextParameters[label] = (parameters[label] as np.Array).sub(change);
    }
    return [loss, nextParameters, nextVelocities] as [np.Array, Parameters, Parameters];
  });
  let parameters: Parameters = {};
  let velocities: Parameters = {};
  for (const [label, { shape, data }] of network.parameters) {
    const wanted = shape.length === 4 ? toOutputsFirst(data, shape) : { shape: [...shape], data };
    parameters[label] = np.array(wanted.data).reshape(wanted.shape);
    velocities[label] = np.zeros(wanted.shape);
  }
  const images = toChannelsFirst(network.images, batch, imageSize);
  const hot = new Float32Array(batch * classes);
  network.labels.forEach((label, row) => {
    hot[row * classes + label] = 1;
  });
  return {
    async run() {
      const [loss, nextParameters, nextVelocities] = step(
        parameters,
        velocities,
        np.array(images).reshape([batch, 3, imageSize, imageSize]),
        np.array(hot).reshape([batch, classes]),
      );
      parameters = nextParameters;
      velocities = nextVelocities;
      const [value] = await loss.data();
      return value;
    },
    warmUp: 1,
    multiplyAdds: network.multiplyAdds,
    images: batch,
    plannedBytes: undefined,
    remarks: ['no weight decay, no running statistics'],
    dispose() {
      tree.dispose(parameters);
      tree.dispose(velocities);
    },
  };
}

function logitsOf(network: PeerNetwork, parameters: Parameters, images: np.Array): np.Array {
  const parameter = (label: string): np.Array => {
    const found = parameters[label];
    if (found === undefined) throw new Error(`there is no parameter ${label}`);
    return found;
  };
  const convolved = (x: np.Array, label: string, stride: number): np.Array => {
    const weights = parameter(label);
    const pad = ((weights.shape[2] as number) - 1) / 2;
    return lax.convGeneralDilated(
      x,
      weights,
      [stride, stride],
      [
        [pad, pad],
        [pad, pad],
      ],
    );
  };
  const normalised = (x: np.Array, label: string): np.Array => {
    const centred = x.ref.sub(np.mean(x, [0, 2, 3], { keepdims: true }));
    const variance = np.mean(np.square(centred.ref), [0, 2, 3], { keepdims: true });
    const perChannel = (name: string) => parameter(`${label}.${name}`).reshape([1, -1, 1, 1]);
    return centred
      .div(np.sqrt(variance.add(1e-5)))
      .mul(perChannel('weight'))
      .add(perChannel('bias'));
  };
  const block = (x: np.Array, { key, inputs, outputs, stride }: BlockShape): np.Array => {
    const owner = `block.${key}`;
    const inner = nn.relu(normalised(convolved(x.ref, `${owner}.conv1.weight`, stride), `${owner}.bn1`));
    const outer = normalised(convolved(inner, `${owner}.conv2.weight`, 1), `${owner}.bn2`);
    const shortcut =
      inputs === outputs && stride === 1
        ? x
        : normalised(convolved(x, `${owner}.downsample.0.weight`, stride), `${owner}.downsample.1`);
    return nn.relu(outer.add(shortcut));
  };
  const stem = nn.relu(normalised(convolved(images, 'stem.conv1.weight', 1), 'stem.bn1'));
  const pooled = np.mean(network.blocks.reduce(block, stem), [2, 3]);
  return np.matmul(pooled, parameter('head.fc.weight')).add(parameter('head.fc.bias'));
}

/** Weights [k,k,C,C'] as [C',C,k,k]. */
function toOutputsFirst(data: Float32Array, shape: readonly number[]) {
  const [height, width, inputs, outputs] = shape as [number, number, number, number];
  const moved = new Float32Array(data.length);
  data.forEach((value, index) => {
    const output = index % outputs;
    const input = Math.floor(index / outputs) % inputs;
    const tap = Math.floor(index / outputs / inputs);
    moved[(output * inputs + input) * height * width + tap] = value;
  });
  return { shape: [outputs, inputs, height, width], data: moved };
}

/** Images [N,H,W,3] as [N,3,H,W]. */
function toChannelsFirst(data: Float32Array, batch: number, size: number): Float32Array<ArrayBuffer> {
  const moved = new Float32Array(data.length);
  const pixels = size * size;
  for (let image = 0; image < batch; image++)
    for (let pixel = 0; pixel < pixels; pixel++)
      for (let channel = 0; channel < 3; channel++)
        moved[(image * 3 + channel) * pixels + pixel] = data[(image * pixels + pixel) * 3 + channel] as number;
  return moved;
}
