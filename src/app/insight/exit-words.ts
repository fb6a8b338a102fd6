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
