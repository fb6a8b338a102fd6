import { expect, test } from 'vitest';
import { within } from './time-limit.ts';

/** Seconds that pass when the test says so. */
function seconds() {
  let body: (() => void) | undefined;
  return {
    every: (given: () => void) => {
      body = given;
      return () => {
        body = undefined;
      };
    },
    pass: (count: number) => {
      for (let second = 0; second < count; second++) body?.();
    },
    get running() {
      return body !== undefined;
    },
  };
}

test('a GPU that does not answer in a minute is lost', async () => {
  const clock = seconds();
  const waiting = within(new Promise(() => {}), clock.every);
  clock.pass(60);
  expect(await waiting).toMatchObject({ ok: false, error: { fault: 'device-lost' } });
  expect(clock.running).toBe(false);
});

test('after hours asleep, which are one beat of the timer, it has its time to answer', async () => {
  const clock = seconds();
  let answer = (_: number) => {};
  const waiting = within(
    new Promise<number>((resolve) => {
      answer = resolve;
    }),
    clock.every,
  );
  clock.pass(59);
  answer(7);
  expect(await waiting).toEqual({ ok: true, value: 7 });
  expect(clock.running).toBe(false);
});

test('a read that fails says why', async () => {
  expect(await within(Promise.reject(new Error('unmapped')))).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('unmapped') },
  });
});
