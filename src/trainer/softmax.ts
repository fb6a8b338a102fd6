import type { Numbers } from '../runtime/executor.ts';

/** Softmax of every row of logits [rows,classes]. */
export function softmaxRows(logits: Numbers, classes: number): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    let most = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < classes; index++) most = Math.max(most, logits[start + index] as number);
    let sum = 0;
    for (let index = 0; index < classes; index++) sum += Math.exp((logits[start + index] as number) - most);
    for (let index = 0; index < classes; index++)
      probabilities[start + index] = Math.exp((logits[start + index] as number) - most) / sum;
  }
  return probabilities;
}
