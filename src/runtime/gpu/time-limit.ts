import { fail, failWith, ok, type Result } from '../../base/result.ts';
import { messageOf } from './message.ts';

/** How long a GPU may take to answer a read, in seconds, once its work is done. */
const patience = 60;

/** Calls a function every second until the answer is called. */
export type EverySecond = (body: () => void) => () => void;

const everySecond: EverySecond = (body) => {
  const timer = setInterval(body, 1000);
  return () => clearInterval(timer);
};

/**
 * The value of a promise, or an error when it fails or does not settle in time: a lost GPU may never answer. Time is counted in seconds that
 * the machine was awake: after a night asleep one passes, and the GPU has the others left to answer.
 */
export async function within<Value>(promise: Promise<Value>, every: EverySecond = everySecond): Promise<Result<Value>> {
  let end = () => {};
  const late = new Promise<Result<Value>>((resolve) => {
    let seconds = 0;
    end = every(() => {
      seconds += 1;
      if (seconds < patience) return;
      resolve(
        failWith('device-lost', `The GPU did not answer within ${patience} s. Continue from the last checkpoint.`),
      );
    });
  });
  const answer = promise.then(
    (value): Result<Value> => ok(value),
    (error: unknown): Result<Value> => fail(`Reading from the GPU failed: ${messageOf(error)}.`),
  );
  const result = await Promise.race([answer, late]);
  end();
  return result;
}
