import type { History } from '../../runs/history.ts';

/** Best and last accuracy on the test part, and when the best was; undefined before the first evaluation. */
export function bestOnTest({ test }: History): { accuracy: number; epoch: number; last: number } | undefined {
  const accuracies = test.read('final.accuracy');
  const last = test.last('final.accuracy');
  if (accuracies === undefined || last === undefined) return undefined;
  let best = 0;
  accuracies.forEach((accuracy, index) => {
    if (accuracy > (accuracies[best] as number)) best = index;
  });
  return { accuracy: accuracies[best] as number, epoch: test.read('epoch')?.[best] ?? 0, last };
}
