import { multiplyInto, rowMajor, transposed } from './matrix.ts';
import { expectEqual, extents2, type Tensor } from './tensor.ts';

/** PyTorch's smallest divisor in `normalize`. */
const smallestNorm = 1e-12;

function rowNorm(x: Float64Array, first: number, length: number): number {
  let squares = 0;
  for (let index = first; index < first + length; index++) squares += (x[index] as number) ** 2;
  return Math.sqrt(squares);
}

/** l2Normalise: x [B,D] -> y = x / max(|x|, 1e-12), row by row (PyTorch's normalize). */
export function l2Normalise(x: Tensor): Tensor {
  const [rows, width] = extents2(x.shape);
  const y = new Float64Array(x.data.length);
  for (let row = 0; row < rows; row++) {
    const divisor = Math.max(rowNorm(x.data, row * width, width), smallestNorm);
    for (let at = row * width; at < (row + 1) * width; at++) y[at] = (x.data[at] as number) / divisor;
  }
  return { shape: x.shape, data: y };
}

/**
 * l2NormaliseGradient: x, dy [B,D] -> dx = (dy - y * (y . dy))/|x| with y = x/|x|, row by row; dy/1e-12 where |x| <= 1e-12,
 * since the divisor then is a constant. Throws where shapes disagree.
 */
export function l2NormaliseGradient(x: Tensor, dy: Tensor): Tensor {
  const [rows, width] = extents2(x.shape);
  expectEqual(dy.data.length, x.data.length, 'length of dy');
  const dx = new Float64Array(x.data.length);
  for (let row = 0; row < rows; row++) {
    const norm = rowNorm(x.data, row * width, width);
    const constant = norm <= smallestNorm;
    const divisor = constant ? smallestNorm : norm;
    let along = 0;
    for (let at = row * width; at < (row + 1) * width; at++) {
      if (!constant) along += ((x.data[at] as number) / norm) * (dy.data[at] as number);
    }
    for (let at = row * width; at < (row + 1) * width; at++) {
      dx[at] = ((dy.data[at] as number) - along * ((x.data[at] as number) / divisor)) / divisor;
    }
  }
  return { shape: x.shape, data: dx };
}

/**
 * contrast, one view (method.md 3): features f [B,D] (unit rows), labels [B] -> metric [1] = the mean over rows a of
 * -1/max(1,|P(a)|) * sum over p in P(a) of (s_ap - log sum over q != a of exp(s_aq)), with s = f f^T/temperature and P(a)
 * the other rows of a's class; dfeatures [B,D] = weight * its gradient. Labels are compared as they are. With
 * w_ap = [p in P(a)]/max(1,|P(a)|) and r_ap the softmax of row a without a itself, the gradient to s is
 * (r_ap * sum of w_a - w_ap)/B, and to f its sum with its transpose, times f/temperature. Throws where shapes disagree.
 */
export function contrast(
  features: Tensor,
  labels: Tensor,
  weight: number,
  temperature: number,
): { readonly metric: Tensor; readonly dfeatures: Tensor } {
  const [rows, width] = extents2(features.shape);
  expectEqual(labels.data.length, rows, 'number of labels');
  const view = rowMajor(features.data, width);
  const similarity = new Float64Array(rows * rows);
  multiplyInto(similarity, 0, view, transposed(view), rows, width, rows);
  const gradient = new Float64Array(rows * rows);
  let loss = 0;
  for (let a = 0; a < rows; a++) {
    const s = similarity.subarray(a * rows, (a + 1) * rows).map((value) => value / temperature);
    const row = gradient.subarray(a * rows, (a + 1) * rows);
    loss += contrastOfRow(s, labels.data, a, row) / rows;
  }
  const both = gradient.map((value, at) => value + (gradient[(at % rows) * rows + Math.floor(at / rows)] as number));
  const dfeatures = new Float64Array(features.data.length);
  multiplyInto(dfeatures, 0, rowMajor(both, rows), view, rows, rows, width);
  const factor = weight / (rows * temperature);
  return {
    metric: { shape: [1], data: Float64Array.of(loss) },
    dfeatures: { shape: features.shape, data: dfeatures.map((value) => factor * value) },
  };
}

/** The loss of row a from its similarities s, and its gradient to s written to `gradient`. */
function contrastOfRow(s: Float64Array, labels: Float64Array, a: number, gradient: Float64Array): number {
  const label = labels[a] as number;
  const largest = Math.max(...s);
  let total = 0;
  let positives = 0;
  for (let q = 0; q < s.length; q++) {
    if (q === a) continue;
    total += Math.exp((s[q] as number) - largest);
    if (labels[q] === label) positives++;
  }
  // Without a positive the row has no loss; returning here also spares the logarithm of an empty sum.
  if (positives === 0) return 0;
  let loss = 0;
  for (let q = 0; q < s.length; q++) {
    if (q === a) continue;
    const shifted = (s[q] as number) - largest;
    gradient[q] = Math.exp(shifted) / total;
    if (labels[q] !== label) continue;
    gradient[q] = (gradient[q] as number) - 1 / positives;
    loss -= (shifted - Math.log(total)) / positives;
  }
  return loss;
}
