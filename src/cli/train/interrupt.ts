import { setImmediate } from 'node:timers/promises';
import type { Breathe } from '../../runtime/executor.ts';

/** Ctrl-C, asked for between steps. */
export interface Interrupt {
  /** Whether the run is to end. */
  asked(): boolean;
  /** Lets the signal through while a step is running. */
  readonly breathe: Breathe;
}

/** A terminal and npm both pass one Ctrl-C on, so that it can arrive twice within moments. */
const echo = 1_000;

/** From now on the first Ctrl-C asks the run to end, and a later one ends the process. */
export function catchInterrupt(onAsked: () => void): Interrupt {
  let since: number | undefined;
  const take = () => {
    if (since === undefined) {
      since = performance.now();
      onAsked();
    } else if (performance.now() - since > echo) process.exit(130);
  };
  process.on('SIGINT', take);
  process.on('SIGTERM', take);
  return { asked: () => since !== undefined, breathe: () => setImmediate(undefined) };
}
