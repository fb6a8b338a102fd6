import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** Milliseconds from one figure's drawing to the next one's while a run goes on: those in sight follow it about once a second. */
const pause = 450;
/** The same where something else than time has changed: the page gets its turn in between, and no more. */
const breath = 8;

/** A figure that waits to be drawn. */
interface Waiting {
  /** When it was drawn last: who has waited longest is next, however often its turn was asked for. */
  readonly since: number;
  draw(): void;
}

/** In the order of their turns: those whose look has changed, the same out of sight, and those in sight that follow a run. */
const waiting = { soon: new Set<Waiting>(), outOfSight: new Set<Waiting>(), later: new Set<Waiting>() };
let timer: { readonly id: ReturnType<typeof setTimeout>; readonly at: number } | undefined;
let lastDrawn = Number.NEGATIVE_INFINITY;

const nextQueue = () => [waiting.soon, waiting.outOfSight, waiting.later].find(({ size }) => size > 0);

/** Draws one figure a task: none is long however many figures and lines there are. */
function drawNext(): void {
  timer = undefined;
  const queue = nextQueue();
  const next = [...(queue ?? [])].reduce<Waiting | undefined>(
    (best, one) => (best === undefined || one.since < best.since ? one : best),
    undefined,
  );
  if (next === undefined) return;
  queue?.delete(next);
  flushSync(next.draw);
  lastDrawn = performance.now();
  plan();
}

function plan(): void {
  const queue = nextQueue();
  if (queue === undefined) return;
  const at = lastDrawn + (queue === waiting.later ? pause : breath);
  if (timer !== undefined && timer.at <= at) return;
  if (timer !== undefined) clearTimeout(timer.id);
  timer = { id: setTimeout(drawNext, Math.max(0, at - performance.now())), at };
}

function drawInTurn(figure: Waiting, queue: Set<Waiting>): () => void {
  queue.add(figure);
  plan();
  return () => void queue.delete(figure);
}

/**
 * What a figure should show: follows what it is given in turn with the other figures, those on screen first; a run it follows only while on
 * screen. Undefined until it was on screen for the first time: the frame can stand before the chart does.
 *
 * @param wanted kept by the caller from drawing to drawing: another object is another drawing
 * @param isLater whether what is wanted can wait until the others that follow the run are drawn
 */
export function useDrawnInTurn<Wanted>(
  figure: RefObject<HTMLElement | null>,
  wanted: Wanted,
  isLater: (wanted: Wanted, drawn: Wanted) => boolean = never,
): Wanted | undefined {
  const [drawn, setDrawn] = useState<{ readonly is: Wanted; readonly at: number }>();
  const [visible, setVisible] = useState(false);
  const latest = useRef({ drawn, isLater });
  useLayoutEffect(() => {
    latest.current = { drawn, isLater };
  });
  useEffect(() => {
    if (figure.current === null) return;
    const observer = new IntersectionObserver((entries) => setVisible(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: '200px',
    });
    observer.observe(figure.current);
    return () => observer.disconnect();
  }, [figure]);
  useEffect(() => {
    const { drawn: before, isLater } = latest.current;
    if (before?.is === wanted) return;
    const later = before !== undefined && isLater(wanted, before.is);
    if (!visible && (before === undefined || later)) return;
    const queue = later ? waiting.later : visible ? waiting.soon : waiting.outOfSight;
    const draw = () => setDrawn({ is: wanted, at: performance.now() });
    return drawInTurn({ since: before?.at ?? 0, draw }, queue);
  }, [wanted, visible]);
  return drawn?.is;
}

const never = () => false;
