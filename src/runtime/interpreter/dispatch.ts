import type { GraphNode, SgdUpdate } from '../../graph/node.ts';
import type { Value, ValueId } from '../../graph/value.ts';
import { augmentNormalise } from './augmentation.ts';
import { batchNormGradient, batchStatistics, normalise, sumOverGroups } from './batch-normalisation.ts';
import { contrast, l2Normalise, l2NormaliseGradient } from './contrast.ts';
import { convolutionInputGradient, convolutionParameterGradient, convolve } from './convolution.ts';
import { add, spreadGroups, sumGroups } from './elementwise.ts';
import { linear, linearInputGradient, linearParameterGradient } from './linear.ts';
import { binaryCrossEntropy, softmaxCrossEntropy } from './losses.ts';
import { sgdUpdate } from './optimiser.ts';
import { globalAveragePool, globalAveragePoolGradient } from './pooling.ts';
import type { Tensor } from './tensor.ts';

/** The values of one run, as a node sees them. Every method throws where the graph is at fault. */
export interface Memory {
  /** The tensor a value holds; throws where nothing was written. */
  tensor(id: ValueId): Tensor;
  /** What a value holds so far, for accumulating nodes and updates; undefined where nothing was written (zero). */
  contents(id: ValueId): Tensor | undefined;
  shape(id: ValueId): readonly number[];
  scalar(name: string): number;
  /** Replaces what a value holds; throws where the length is not that of its shape. */
  write(id: ValueId, tensor: Tensor): void;
  /** The tensors of a range, in order of offset; a value without parts stands for itself. */
  parts(id: ValueId): readonly Value[];
}

/** Runs one node: reads its inputs from `memory`, writes its outputs there. Throws where shapes disagree. */
export function runNode(node: GraphNode, memory: Memory): void {
  const { tensor, shape, scalar, write } = memory;
  const tensors = (ids: readonly ValueId[]): Tensor[] => ids.map(tensor);
  const optional = (id: ValueId | undefined): Tensor | undefined => (id === undefined ? undefined : tensor(id));
  const writeAll = (ids: readonly ValueId[], results: readonly Tensor[]): void => {
    for (const [index, id] of ids.entries()) write(id, results[index] as Tensor);
  };
  const held = (accumulate: boolean, ids: readonly ValueId[]): (Tensor | undefined)[] =>
    ids.map((id) => (accumulate ? memory.contents(id) : undefined));

  switch (node.kind) {
    case 'augmentNormalise': {
      const { images, crops } = node.inputs;
      write(node.outputs.y, augmentNormalise(tensor(images), tensor(crops), node.attributes));
      return;
    }
    case 'conv2d': {
      const { x, weights, biases } = node.inputs;
      write(node.outputs.y, convolve(tensor(x), tensors(weights), tensors(biases), node.attributes));
      return;
    }
    case 'conv2dInputGradient': {
      const { dy, weights, accumulate, accumulateMask } = node.inputs;
      const { dx } = node.outputs;
      const gradient = convolutionInputGradient(
        tensor(dy),
        tensors(weights),
        optional(accumulate),
        optional(accumulateMask),
        shape(dx),
        node.attributes,
      );
      write(dx, gradient);
      return;
    }
    case 'conv2dParameterGradient': {
      const { dweights, dbiases } = node.outputs;
      const { accumulate } = node.attributes;
      const gradients = convolutionParameterGradient(
        tensor(node.inputs.x),
        tensor(node.inputs.dy),
        dweights.map(shape),
        dbiases.length > 0,
        { weights: held(accumulate, dweights), biases: held(accumulate, dbiases) },
        node.attributes,
      );
      writeAll(dweights, gradients.weights);
      writeAll(dbiases, gradients.biases);
      return;
    }
    case 'batchStatistics': {
      const { x, runningMeans, runningVariances, guard } = node.inputs;
      const { groups, momentum } = node.attributes;
      const moments = batchStatistics(tensor(x), tensors(runningMeans), tensors(runningVariances), groups, momentum);
      write(node.outputs.mean, moments.mean);
      write(node.outputs.variance, moments.variance);
      if (isSet(memory, guard)) return;
      writeAll(node.outputs.runningMeans, moments.runningMeans);
      writeAll(node.outputs.runningVariances, moments.runningVariances);
      return;
    }
    case 'normalise': {
      const { x, mean, variance, gammas, betas, residual } = node.inputs;
      const { groups, epsilon, relu } = node.attributes;
      const by = {
        mean: tensor(mean),
        variance: tensor(variance),
        gammas: tensors(gammas),
        betas: tensors(betas),
        groups,
        epsilon,
      };
      write(node.outputs.y, normalise(tensor(x), by, optional(residual), relu));
      return;
    }
    case 'batchNormGradient': {
      const { x, mean, variance, gammas, betas, dy, mask } = node.inputs;
      const { dx, dgammas, dbetas } = node.outputs;
      const { groups, epsilon, relu, accumulate } = node.attributes;
      const by = {
        mean: tensor(mean),
        variance: tensor(variance),
        gammas: tensors(gammas),
        betas: tensors(betas),
        groups,
        epsilon,
      };
      const gradient = batchNormGradient(tensor(x), by, tensor(dy), optional(mask), relu);
      write(dx, gradient.dx);
      writeAll(dgammas, sumOverGroups(gradient.dgammas, dgammas.map(shape), held(accumulate, dgammas)));
      writeAll(dbetas, sumOverGroups(gradient.dbetas, dbetas.map(shape), held(accumulate, dbetas)));
      return;
    }
    case 'globalAveragePool': {
      write(node.outputs.y, globalAveragePool(tensor(node.inputs.x), node.attributes.sample));
      return;
    }
    case 'globalAveragePoolGradient': {
      const { dy, accumulate } = node.inputs;
      const { dx } = node.outputs;
      write(dx, globalAveragePoolGradient(tensor(dy), optional(accumulate), shape(dx), node.attributes.sample));
      return;
    }
    case 'linear': {
      const { x, weight, bias } = node.inputs;
      write(node.outputs.y, linear(tensor(x), tensor(weight), tensor(bias), node.attributes.relu));
      return;
    }
    case 'linearInputGradient': {
      const { dy, weight, mask } = node.inputs;
      write(node.outputs.dx, linearInputGradient(tensor(dy), tensor(weight), optional(mask)));
      return;
    }
    case 'linearParameterGradient': {
      const { x, dy, mask } = node.inputs;
      const { dweight, dbias } = node.outputs;
      const [weight, bias] = held(node.attributes.accumulate, [dweight, dbias]);
      const gradient = linearParameterGradient(tensor(x), tensor(dy), optional(mask), { weight, bias });
      write(dweight, gradient.dweight);
      write(dbias, gradient.dbias);
      return;
    }
    case 'sumGroups': {
      const { x, accumulate } = node.inputs;
      const { groups, scale } = node.attributes;
      write(node.outputs.y, sumGroups(tensor(x), optional(accumulate), groups, scale));
      return;
    }
    case 'spreadGroups': {
      const { groups, scale } = node.attributes;
      write(node.outputs.dx, spreadGroups(tensor(node.inputs.dy), groups, scale));
      return;
    }
    case 'softmaxCrossEntropy': {
      const { logits, labels } = node.inputs;
      const { weight } = node.attributes;
      const factor = weight === undefined ? 1 : scalar(weight);
      const { metric, dlogits } = softmaxCrossEntropy(tensor(logits), tensor(labels), factor);
      write(node.outputs.metric, metric);
      if (node.outputs.dlogits !== undefined) write(node.outputs.dlogits, dlogits);
      return;
    }
    case 'binaryCrossEntropy': {
      const { logits, image } = node.inputs;
      const weight = scalar(node.attributes.weight);
      const { metric, dlogits } = binaryCrossEntropy(tensor(logits), tensor(image), weight, node.attributes);
      write(node.outputs.metric, metric);
      write(node.outputs.dlogits, dlogits);
      return;
    }
    case 'l2Normalise': {
      write(node.outputs.y, l2Normalise(tensor(node.inputs.x)));
      return;
    }
    case 'l2NormaliseGradient': {
      write(node.outputs.dx, l2NormaliseGradient(tensor(node.inputs.x), tensor(node.inputs.dy)));
      return;
    }
    case 'contrast': {
      const { features, labels } = node.inputs;
      const { weight, temperature } = node.attributes;
      const { metric, dfeatures } = contrast(tensor(features), tensor(labels), scalar(weight), temperature);
      write(node.outputs.metric, metric);
      write(node.outputs.dfeatures, dfeatures);
      return;
    }
    case 'add': {
      const { a, b, maskA, maskB } = node.inputs;
      write(node.outputs.y, add(tensor(a), tensor(b), optional(maskA), optional(maskB)));
      return;
    }
    case 'copy': {
      write(node.outputs.y, tensor(node.inputs.x));
      return;
    }
    case 'sgdUpdate': {
      updateRange(node, memory);
      return;
    }
    default:
      throw new Error(`unknown node kind ${(node satisfies never as GraphNode).kind}`);
  }
}

/** Whether a step has diverged before. */
const isSet = (memory: Memory, guard: ValueId | undefined): boolean =>
  guard !== undefined && memory.tensor(guard).data[0] !== 0;

const offsetOf = (value: Value): number => value.part?.offset ?? 0;

/**
 * Walks the tensors of a range of parameters; their velocities and gradients are those at the same offsets. Where a number would not be
 * finite the whole range stays as it is.
 */
function updateRange(node: SgdUpdate, memory: Memory): void {
  const { parameters, velocities, gradients, guard } = node.inputs;
  if (isSet(memory, guard)) return;
  const { learningRate, momentum, weightDecay, nesterov } = node.attributes;
  const settings = {
    learningRate: memory.scalar(learningRate),
    momentum: memory.scalar(momentum),
    weightDecay: weightDecay === undefined ? 0 : memory.scalar(weightDecay),
    nesterov,
  };
  const velocityAt = new Map(memory.parts(velocities).map((value) => [offsetOf(value), value.id]));
  const gradientParts = gradients === undefined ? [] : memory.parts(gradients);
  const gradientAt = new Map(gradientParts.map((value) => [offsetOf(value), value.id]));
  const updates = memory.parts(parameters).map((parameter) => {
    const velocity = velocityAt.get(offsetOf(parameter));
    if (velocity === undefined) throw new Error(`${parameter.label} has no velocity at its offset`);
    const gradient = gradientAt.get(offsetOf(parameter));
    const updated = sgdUpdate(
      memory.tensor(parameter.id),
      memory.tensor(velocity),
      gradient === undefined ? undefined : memory.contents(gradient),
      settings,
    );
    return { ...updated, places: { parameter: parameter.id, velocity } };
  });
  const finite = updates.every(
    (update) => update.parameter.data.every(Number.isFinite) && update.velocity.data.every(Number.isFinite),
  );
  if (!finite && guard !== undefined) {
    memory.write(guard, { shape: [1], data: Float64Array.of(node.module + 1) });
    return;
  }
  for (const { places, parameter, velocity } of updates) {
    memory.write(places.parameter, parameter);
    memory.write(places.velocity, velocity);
  }
}
