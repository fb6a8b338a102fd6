import { expect, test } from 'vitest';
import { inLanes } from './lanes.ts';

test('does every item once, in order, never more at a time than there are lanes', async () => {
  const begun: number[] = [];
  let open = 0;
  let most = 0;
  await inLanes(2, [30, 5, 5, 5, 1], async (milliseconds) => {
    begun.push(milliseconds);
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    open--;
  });
  expect(begun).toEqual([30, 5, 5, 5, 1]);
  expect(most).toBe(2);
});
