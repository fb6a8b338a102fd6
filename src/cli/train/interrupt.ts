import { setImmediate } from 'node:timers/promises';
import type { Breathe } from '../../runtime/executor.ts';

/** Ctrl-C, SIGTERM or the closing of the terminal, asked for between steps. */
export interface Interrupt extends Disposable {
  /** Whether the run is to end. */
  asked(): boolean;
  /** Lets the signal through while a step is running. */
  readonly breathe: Breathe;
}

/** A terminal and npm both pass one Ctrl-C on, so that it can arrive twice within moments. */
const echo = 1_000;

/** Until it is disposed of, the first signal asks the run to end, and a later Ctrl-C or SIGTERM ends the process. */
export function catchInterrupt(onAsked: () => void): Interrupt {
  let since: number | undefined;
  const ask = () => {
    if (since !== undefined) return false;
    since = performance.now();
    onAsked();
    return true;
  };
  const take = () => {
    if (!ask() && since !== undefined && performance.now() - since > echo) process.exit(130);
  };
  // Shell and kernel may both send SIGHUP when a terminal closes, in their own time: no sign of impatience.
  const handlers = [['SIGINT', take] as const, ['SIGTERM', take] as const, ['SIGHUP', ask] as const];
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return {
    asked: () => since !== undefined,
    breathe: () => setImmediate(undefined),
    [Symbol.dispose]() {
      for (const [signal, handler] of handlers) process.off(signal, handler);
    },
  };
}
