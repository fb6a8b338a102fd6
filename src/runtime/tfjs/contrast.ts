import {
  add,
  div,
  exp,
  log,
  matMul,
  max,
  mul,
  sub,
  sum,
  type Tensor2D,
  tensor2d,
  transpose,
} from '@tensorflow/tfjs-core';
import type { Contrast } from '../../graph/node.ts';
import type { NodeContext } from './context.ts';
import { rowSum } from './rows.ts';

/**
 * Supervised contrastive loss of unit features f: with s = f fT / temperature, the mean over rows a of
 * -1/max(1,|P(a)|) * sum over p in P(a) of [s_ap - log(sum over q != a of exp(s_aq))], P(a) the other rows of a's class.
 */
export function runContrast(node: Contrast, context: NodeContext): void {
  const features = context.tensor<Tensor2D>(node.inputs.features);
  const { temperature } = node.attributes;
  const [rows] = features.shape;
  const { positives, notItself, share } = pairs(context.batch.labels);
  const products = add(mul(matMul(features, transpose(features)), 1 / temperature), notItself);
  // The row's largest other product, not its own: only then is a loss near zero the logarithm of a number near one.
  const similarities = sub(products, max(products, 1, true));
  const exponentials = exp(similarities);
  const total = sum(exponentials, 1, true);
  const losses = sub<Tensor2D>(mul(share, log(total)), sum(mul(similarities, positives), 1, true));
  context.set(node.outputs.metric, mul(rowSum(losses), 1 / rows));
  const slope = sub(mul(div(exponentials, total), share), positives);
  const both = add<Tensor2D>(slope, transpose(slope as Tensor2D));
  const factor = context.scalar(node.attributes.weight) / (rows * temperature);
  context.set(node.outputs.dfeatures, mul(matMul(both, features), factor));
}

/** Added to a row's product with itself, so that its exponential is zero. */
const excluded = -1e30;

/**
 * Per pair of rows: 1/|P(a)| where they share a class, and what takes a row's product with itself out; per row the sum of its
 * positives, which is 1, or 0 where no other row has its class.
 */
function pairs(labels: Int32Array): { positives: Tensor2D; notItself: Tensor2D; share: Tensor2D } {
  const rows = labels.length;
  const positives = new Float32Array(rows * rows);
  const notItself = new Float32Array(rows * rows);
  const share = new Float32Array(rows);
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  for (let row = 0; row < rows; row++) {
    const partners = (sizes.get(labels[row] as number) as number) - 1;
    notItself[row * rows + row] = excluded;
    if (partners === 0) continue;
    share[row] = 1;
    for (let column = 0; column < rows; column++) {
      if (column !== row && labels[column] === labels[row]) positives[row * rows + column] = 1 / partners;
    }
  }
  return {
    positives: tensor2d(positives, [rows, rows]),
    notItself: tensor2d(notItself, [rows, rows]),
    share: tensor2d(share, [rows, 1]),
  };
}
