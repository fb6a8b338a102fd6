import {
  abs,
  add,
  exp,
  log1p,
  mul,
  neg,
  relu,
  reshape,
  sigmoid,
  sub,
  type Tensor4D,
  tensor1d,
} from '@tensorflow/tfjs-core';
import type { BinaryCrossEntropy } from '../../graph/node.ts';
import type { NodeContext } from './context.ts';
import { cutPatches } from './patches.ts';
import { channelSum, rowSum } from './rows.ts';

/** Reconstruction loss from logits, in its stable form, against the un-normalised patches of the image. */
export function runBinaryCrossEntropy(node: BinaryCrossEntropy, context: NodeContext): void {
  const { weight, scale, grid, first, groups } = node.attributes;
  const z = context.tensor<Tensor4D>(node.inputs.logits);
  const image = cutPatches(context.tensor(node.inputs.image), { grid, first, count: groups });
  const target = add(mul(image, tensor1d([...node.attributes.std])), tensor1d([...node.attributes.mean]));
  const losses = add<Tensor4D>(sub(relu(z), mul(z, target)), log1p(exp(neg(abs(z)))));
  const count = z.size / groups;
  const total = rowSum(reshape(channelSum(losses), [z.shape[3], 1]));
  context.set(node.outputs.metric, mul(total, scale / count));
  const factor = (context.scalar(weight) * scale) / count;
  context.set(node.outputs.dlogits, mul(sub(sigmoid(z), target), factor));
}
