import type { Exit } from '../../runs/insight.ts';

/** What a classifier is called on screen. */
export const exitName = (kind: Exit['kind']): string => (kind === 'local' ? 'classifier' : kind);

/** The surest class of one image's row of [images,classes], and how sure. */
export function answerOf(
  values: Float32Array,
  image: number,
  classes: number,
): { readonly index: number; readonly value: number } {
  let index = 0;
  for (let other = 1; other < classes; other++) {
    if ((values[image * classes + other] ?? 0) > (values[image * classes + index] ?? 0)) index = other;
  }
  return { index, value: values[image * classes + index] ?? 0 };
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
