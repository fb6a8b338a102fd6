import type { Exit } from '../../runs/insight.ts';

/** What a classifier is called on screen. */
export const exitName = (kind: Exit['kind']): string => (kind === 'local' ? 'classifier' : kind);

/** The surest class of one image's row of [images,classes], and how sure. */
export function answerOf(
  values: Float32Array,
  image: number,
  classes: number,
): { readonly index: number; readonly value: number } {
  const own = values.subarray(image * classes, (image + 1) * classes);
  const index = indexOfMost(own);
  return { index, value: own[index] ?? 0 };
}

/** The surest classes of the first image's row of [images,classes], the surest first. */
export const surest = (
  values: Float32Array,
  classes: number,
  count: number,
): readonly { readonly index: number; readonly value: number }[] =>
  Array.from(values.subarray(0, classes), (value, index) => ({ index, value }))
    .sort((one, other) => other.value - one.value)
    .slice(0, count);

/** Place of the largest value; the first of several. */
export const indexOfMost = (values: Float32Array): number =>
  values.reduce((best, value, index) => (value > (values[best] ?? 0) ? index : best), 0);

/** Mean of the patches' logits, each [classes]. */
export const meanLogits = (patches: readonly Float32Array[]): Float32Array =>
  Float32Array.from(patches[0] ?? [], (_, index) =>
    patches.reduce((sum, logits) => sum + (logits[index] ?? 0) / patches.length, 0),
  );
