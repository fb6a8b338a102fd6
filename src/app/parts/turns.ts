import { flushSync } from 'react-dom';

/** In the order of their turns: figures whose look has changed, what is out of sight, and figures in sight that follow a run. */
const turns = ['soon', 'outOfSight', 'later'] as const;
export type Turn = (typeof turns)[number];

/** Something of the page that waits to be made anew. */
export interface Waiting {
  /** When it was last, in milliseconds of the page: who has waited longest is next, however often its turn was asked for. */
  readonly since: number;
  take(): void;
}

/** Milliseconds from one to the next that follows a run, at least: those in sight follow it about once a second. */
const pause = 450;
/** Share of the time that following a run may take: where drawing is slow, it is less often. */
const mostShare = 0.04;
/** Milliseconds between those in sight whose look has changed: the page gets its turn in between, and no more. */
const breath = 8;
/** The same where much is made or taken away: its garbage is collected in between, not in the midst of a turn. */
const rest = 40;

const waiting: Readonly<Record<Turn, Set<Waiting>>> = { soon: new Set(), outOfSight: new Set(), later: new Set() };
let timer: { readonly id: ReturnType<typeof setTimeout>; readonly at: number } | undefined;
const last = { ended: Number.NEGATIVE_INFINITY, took: 0 };

/**
 * Waits for a turn; one is taken in a task, so that none is long however many figures and lines there are.
 *
 * @returns waits no longer
 */
export function waitForTurn(turn: Turn, one: Waiting): () => void {
  waiting[turn].add(one);
  plan();
  return () => void waiting[turn].delete(one);
}

const nextOf = (turn: Turn): Waiting => [...waiting[turn]].reduce((best, one) => (one.since < best.since ? one : best));
const nextTurn = () => turns.find((turn) => waiting[turn].size > 0);

function takeNext(): void {
  timer = undefined;
  const turn = nextTurn();
  if (turn === undefined) return;
  const next = nextOf(turn);
  waiting[turn].delete(next);
  const begun = performance.now();
  flushSync(next.take);
  last.ended = performance.now();
  last.took = last.ended - begun;
  plan();
}

function plan(): void {
  const turn = nextTurn();
  if (turn === undefined) return;
  const isFirst = turn === 'outOfSight' || nextOf(turn).since === 0;
  const at = last.ended + (turn === 'later' ? Math.max(pause, last.took / mostShare) : isFirst ? rest : breath);
  if (timer !== undefined && timer.at <= at) return;
  if (timer !== undefined) clearTimeout(timer.id);
  timer = { id: setTimeout(takeNext, Math.max(0, at - performance.now())), at };
}
