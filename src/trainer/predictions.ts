import { ok, type Result } from '../base/result.ts';
import type { Prediction, Predictions } from '../runs/insight.ts';
import { softmaxRows } from './softmax.ts';
import type { Training } from './training.ts';

/** Images of the gallery. */
const shownAtMost = 48;

/** The head's answers on the first `count` test images, between two steps, by the run's own evaluation program. */
export async function predictTest(training: Training, count: number): Promise<Result<Predictions>> {
  const started = performance.now();
  const { dataset, position } = training;
  const { classNames, format, test } = dataset;
  const asked = Math.max(1, Math.min(count, test.count));
  const logits = await training.testLogits(asked);
  if (!logits.ok) return logits;
  const { classes } = format;
  const all = predictionsOf(softmaxRows(logits.value, classes), test.labels, classes);
  const confusion = new Int32Array(classes * classes);
  for (const { label, predicted } of all) {
    const cell = label * classes + predicted;
    confusion[cell] = (confusion[cell] ?? 0) + 1;
  }
  const shown = wrongFirst(all).slice(0, shownAtMost);
  const { stride } = test.images;
  const images = new Uint8Array(shown.length * stride);
  for (const [row, { image }] of shown.entries()) test.images.copy(image, images, row * stride);
  return ok({
    step: position.step,
    seconds: (performance.now() - started) / 1000,
    classNames,
    confusion,
    count: all.length,
    right: all.filter(({ label, predicted }) => label === predicted).length,
    shown,
    images,
    size: format.imageSize,
  });
}

/** What each row [rows,classes] of probabilities answers. */
export function predictionsOf(probabilities: Float32Array, labels: ArrayLike<number>, classes: number): Prediction[] {
  return Array.from({ length: probabilities.length / classes }, (_, image) => {
    const row = probabilities.subarray(image * classes, (image + 1) * classes);
    const predicted = row.reduce((best, value, index) => (value > (row[best] as number) ? index : best), 0);
    return { image, label: labels[image] as number, predicted, probability: row[predicted] as number };
  });
}

/** Wrong ones first, the surest first; then right ones, the least sure first. */
export function wrongFirst(all: readonly Prediction[]): Prediction[] {
  const wrong = all.filter(({ label, predicted }) => label !== predicted);
  const right = all.filter(({ label, predicted }) => label === predicted);
  wrong.sort((a, b) => b.probability - a.probability);
  right.sort((a, b) => a.probability - b.probability);
  return [...wrong, ...right];
}
