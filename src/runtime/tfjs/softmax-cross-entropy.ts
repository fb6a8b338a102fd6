import {
  argMax,
  cast,
  concat2d,
  div,
  equal,
  exp,
  log,
  max,
  mul,
  reshape,
  sub,
  sum,
  type Tensor2D,
  tensor1d,
  tensor2d,
} from '@tensorflow/tfjs-core';
import type { SoftmaxCrossEntropy } from '../../graph/node.ts';
import type { NodeContext } from './context.ts';
import { rowSum } from './rows.ts';

/** (sum of losses, number of hits) over rows with a label, and the gradient weight/B * (softmax - onehot). */
export function runSoftmaxCrossEntropy(node: SoftmaxCrossEntropy, context: NodeContext): void {
  const logits = context.tensor<Tensor2D>(node.inputs.logits);
  const [rows, classes] = logits.shape;
  const { labels } = context.batch;
  const target = oneHot(labels, classes);
  const counted = tensor2d(
    Float32Array.from(labels, (label) => (label < 0 ? 0 : 1)),
    [rows, 1],
  );
  const shifted = sub(logits, max(logits, 1, true));
  const exponentials = exp(shifted);
  const total = sum(exponentials, 1, true);
  const losses = sub<Tensor2D>(mul(log(total), counted), sum(mul(shifted, target), 1, true));
  const hits = cast(equal(argMax(logits, 1), tensor1d(labels, 'int32')), 'float32');
  context.set(node.outputs.metric, rowSum(concat2d([losses, reshape(hits, [rows, 1])], 1)));
  const { dlogits } = node.outputs;
  if (dlogits === undefined) return;
  const weight = node.attributes.weight === undefined ? 1 : context.scalar(node.attributes.weight);
  const difference = sub(mul(div(exponentials, total), counted), target);
  context.set(dlogits, mul(difference, weight / rows));
}

/** Rows of zeros with a one at the label; a padding row (-1) is all zeros. Throws on a label that is no class. */
export function oneHot(labels: Int32Array, classes: number): Tensor2D {
  const rows = new Float32Array(labels.length * classes);
  labels.forEach((label, row) => {
    if (label === -1) return;
    if (label < 0 || label >= classes) throw new Error(`label ${label} of row ${row} is none of ${classes} classes`);
    rows[row * classes + label] = 1;
  });
  return tensor2d(rows, [labels.length, classes]);
}
