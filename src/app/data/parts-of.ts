import type { DataInfo, Part } from '../../worker/protocol.ts';

/** The parts a set has, with their number of images. */
export function partsOf(info: DataInfo): { readonly part: Part; readonly words: string; readonly count: number }[] {
  const all = [
    { part: 'train', words: 'training', count: info.trainCount },
    { part: 'validation', words: 'validation', count: info.validationCount },
    { part: 'unlabelled', words: 'unlabelled', count: info.unlabelledCount },
    { part: 'test', words: 'test', count: info.testCount },
  ] as const;
  return all.filter(({ count }) => count > 0);
}
