import { flushSync } from 'react-dom';

/**
 * In their order: figures in sight whose look has changed, those drawn for the first time, what is out of sight or leaves, and figures in sight
 * that follow a run.
 */
const turns = ['soon', 'first', 'outOfSight', 'later'] as const;
export type Turn = (typeof turns)[number];

/** Something of the page that waits to be made anew. */
export interface Waiting {
  /** When it was last, in milliseconds of the page: who has waited longest is next, however often its turn was asked for. */
  readonly since: number;
  take(): void;
}

/** Share of the time that following a run may take: where drawing is slow, it is less often. */
const mostShare = 0.04;

/** Milliseconds from the end of a turn, which took so many, to the next one. */
function pauseBefore(turn: Turn, took: number): number {
  switch (turn) {
    case 'soon':
      // The page gets its turn in between, and no more.
      return 8;
    case 'first':
    case 'outOfSight':
      // Much is made or taken away: its garbage is collected in between, not in the midst of a turn.
      return 40;
    case 'later':
      // Those in sight follow their run about once a second.
      return Math.max(450, took / mostShare);
  }
}

const waiting: Readonly<Record<Turn, Set<Waiting>>> = {
  soon: new Set(),
  first: new Set(),
  outOfSight: new Set(),
  later: new Set(),
};
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

/**
 * Waits anew at every sign, as what is waited for may be another turn then, or none.
 *
 * @param signs each calls back when there is one, and answers what ends that
 * @returns waits no longer
 */
export function waitAnewAt(
  signs: readonly ((onSign: () => void) => () => void)[],
  wait: () => (() => void) | undefined,
): () => void {
  let ignore = wait();
  const ends = signs.map((sign) =>
    sign(() => {
      ignore?.();
      ignore = wait();
    }),
  );
  return () => {
    ignore?.();
    for (const end of ends) end();
  };
}

const nextTurn = () => turns.find((turn) => waiting[turn].size > 0);

function takeNext(): void {
  timer = undefined;
  const turn = nextTurn();
  if (turn === undefined) return;
  const next = [...waiting[turn]].reduce((best, one) => (one.since < best.since ? one : best));
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
  const at = last.ended + pauseBefore(turn, last.took);
  if (timer !== undefined && timer.at <= at) return;
  if (timer !== undefined) clearTimeout(timer.id);
  timer = { id: setTimeout(takeNext, Math.max(0, at - performance.now())), at };
}
