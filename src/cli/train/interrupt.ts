import { setImmediate } from 'node:timers/promises';
import type { Breathe } from '../../runtime/executor.ts';

/** Ctrl-C, SIGTERM or the closing of the terminal, asked for between steps. */
export interface Interrupt {
  /** Whether the run is to end. */
  asked(): boolean;
  /** Lets the signal through while a step is running. */
  readonly breathe: Breathe;
}

/** A terminal and npm both pass one Ctrl-C on, so that it can arrive twice within moments. */
const echo = 1_000;

/** From now on the first signal asks the run to end, and a later Ctrl-C or SIGTERM ends the process. */
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
  process.on('SIGINT', take);
  process.on('SIGTERM', take);
  // Shell and kernel may both send it when a terminal closes, in their own time: no sign of impatience.
  process.on('SIGHUP', ask);
  return { asked: () => since !== undefined, breathe: () => setImmediate(undefined) };
}
