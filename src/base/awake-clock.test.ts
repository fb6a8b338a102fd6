import { expect, test } from 'vitest';
import { awakeNow, createAwakeClock } from './awake-clock.ts';

const hour = 3_600_000;

test('time asleep counts as one beat, and a clock set back takes nothing away', () => {
  let time = 5 * hour;
  const clock = createAwakeClock(() => time);
  const after = (milliseconds: number) => {
    time += milliseconds;
    return clock();
  };
  expect(clock()).toBe(0);
  expect(after(1000)).toBe(1000);
  expect(after(30_000)).toBe(31_000);
  expect(after(8 * hour)).toBe(32_000);
  expect(after(500)).toBe(32_500);
  expect(after(-3 * hour)).toBe(33_500);
  expect(after(500)).toBe(34_000);
});

test('the clock of the process goes on as time does', async () => {
  const before = awakeNow();
  await new Promise((resolve) => setTimeout(resolve, 40));
  const passed = awakeNow() - before;
  expect(passed).toBeGreaterThan(30);
  expect(passed).toBeLessThan(5000);
});
