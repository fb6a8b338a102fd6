import { type RefObject, startTransition, useEffect, useState } from 'react';

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
 * What a figure should show: follows `wanted`, in turn with the other figures, while on screen.
 * Undefined until its first turn: the frame can stand before the chart does.
 */
export function useDrawnInTurn<Content>(figure: RefObject<HTMLElement | null>, wanted: Content): Content | undefined {
  const [drawn, setDrawn] = useState<{ readonly content: Content }>();
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    if (figure.current === null) return;
    const observer = new IntersectionObserver((entries) => setVisible(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: '200px',
    });
    observer.observe(figure.current);
    return () => observer.disconnect();
  }, [figure]);
  useEffect(() => (visible ? drawInTurn(() => setDrawn({ content: wanted })) : undefined), [wanted, visible]);
  return drawn?.content;
}
