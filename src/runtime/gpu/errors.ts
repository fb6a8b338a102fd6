import type { Problem, Result } from '../../base/result.ts';
import { within } from './time-limit.ts';

/** The errors of a device, traced to nodes. WebGPU never throws them, and a bad shader leaves stale data behind. */
export interface DeviceErrors {
  beginNode(): void;
  endNode(where: string): void;
  /** Waits for the queue; the first error since the last call. */
  settle(): Promise<Problem | undefined>;
  /** The first error since the last call, without waiting. */
  take(): Problem | undefined;
  guard<Value>(reading: Promise<Value>): Promise<Result<Value>>;
  stop(): void;
}

const isOutOfMemory = (error: GPUError): boolean => error.constructor.name === 'GPUOutOfMemoryError';

/** Milliseconds in which the loss of a device is told after a read it broke off. */
const lossFollows = 500;

const delay = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const scopes: readonly GPUErrorFilter[] = ['validation', 'out-of-memory', 'internal'];

/** Starts to collect the errors of `device`. */
export function watchErrors(device: GPUDevice): DeviceErrors {
  let first: Problem | undefined;
  let lost: Problem | undefined;
  let node = 'preparation';
  let pending: Promise<void>[] = [];
  const record = (error: GPUError, where: string) => {
    first ??= isOutOfMemory(error)
      ? { message: `The GPU has no memory left: ${error.message}`, where, fault: 'out-of-memory' }
      : { message: `WebGPU error: ${error.message}`, where };
  };
  const onError = (event: GPUUncapturedErrorEvent) => record(event.error, node);
  device.addEventListener('uncapturederror', onError);
  /** Called when the device is lost. One promise that never settles would keep every reaction to it. */
  const waiting = new Set<() => void>();
  void device.lost.then((info) => {
    const why = (info.message || info.reason).replace(/\.$/, '');
    const message = `The GPU device was lost (${why}). Continue from the last checkpoint.`;
    lost = { message, where: node, fault: 'device-lost' };
    for (const wake of waiting) wake();
  });
  const orLost = async (done: Promise<unknown>): Promise<void> => {
    if (lost !== undefined) return;
    let wake = () => {};
    const loss = new Promise<void>((resolve) => {
      wake = resolve;
      waiting.add(wake);
    });
    await Promise.race([done, loss]);
    waiting.delete(wake);
  };
  const take = (): Problem | undefined => {
    const problem = lost ?? first;
    first = undefined;
    return problem;
  };
  const popped = (where: string) =>
    device.popErrorScope().then(
      (error) => {
        if (error !== null) record(error, where);
      },
      // A lost device refuses; `lost` tells of it.
      () => undefined,
    );
  return {
    beginNode() {
      for (const scope of scopes) device.pushErrorScope(scope);
    },
    endNode(where) {
      node = where;
      for (const _ of scopes) pending.push(popped(where));
    },
    async settle() {
      const done = Promise.all([...pending, device.queue.onSubmittedWorkDone().catch(() => undefined)]);
      pending = [];
      await orLost(done);
      return take();
    },
    take,
    async guard(reading) {
      const answer = within(reading);
      await orLost(answer);
      // A device that is lost fails its reads first, and says so right after.
      if (lost === undefined && !(await answer).ok) await orLost(delay(lossFollows));
      const problem = take();
      return problem === undefined ? answer : { ok: false, error: problem };
    },
    stop() {
      device.removeEventListener('uncapturederror', onError);
    },
  };
}
