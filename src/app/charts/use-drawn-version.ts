import { type RefObject, startTransition, useEffect, useState } from 'react';
import { usePlayground } from '../playground-context.ts';

/** Milliseconds from one figure's drawing to the next one's: the few in sight are drawn about once a second, all of them every two or three. */
const pause = 450;

const waiting = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Draws one figure at a time, in slices: no task is long however many figures and lines there are. */
function drawNext(): void {
  timer = undefined;
  const [next] = waiting;
  if (next === undefined) return;
  waiting.delete(next);
  startTransition(next);
  timer = setTimeout(drawNext, pause);
}

function drawInTurn(draw: () => void): () => void {
  waiting.add(draw);
  if (timer === undefined) timer = setTimeout(drawNext, 0);
  return () => void waiting.delete(draw);
}

/**
 * Version of the history a figure should show: follows the store's, in turn with the other figures, while on screen.
 * Undefined until its first turn: the frame can stand before the chart does.
 */
export function useDrawnVersion(figure: RefObject<HTMLElement | null>): number | undefined {
  const version = usePlayground((state) => state.historyVersion);
  const [drawn, setDrawn] = useState<number>();
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    if (figure.current === null) return;
    const observer = new IntersectionObserver((entries) => setVisible(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: '200px',
    });
    observer.observe(figure.current);
    return () => observer.disconnect();
  }, [figure]);
  useEffect(() => (visible ? drawInTurn(() => setDrawn(version)) : undefined), [version, visible]);
  return drawn;
}
