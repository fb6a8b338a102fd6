import { fail, ok, type Result } from '../../base/result.ts';
import { messageOf } from './message.ts';

/** How long a GPU may take to answer a read, in milliseconds, once its work is done. */
const patience = 60_000;

/** The value of a promise, or an error when it fails or does not settle in time: a lost GPU may never answer. */
export async function within<Value>(promise: Promise<Value>): Promise<Result<Value>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Result<Value>>((resolve) => {
    const message = `The GPU did not answer within ${patience / 1000} s. Reload and continue from the last checkpoint.`;
    timer = setTimeout(() => resolve(fail(message)), patience);
  });
  const answer = promise.then(
    (value): Result<Value> => ok(value),
    (error: unknown): Result<Value> => fail(`Reading from the GPU failed: ${messageOf(error)}.`),
  );
  const result = await Promise.race([answer, late]);
  clearTimeout(timer);
  return result;
}
