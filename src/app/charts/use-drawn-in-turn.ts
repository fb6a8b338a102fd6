import { type RefObject, useContext, useEffect, useState } from 'react';
import { Leaving } from '../parts/leaving.ts';
import { type Turn, waitAnewAt, waitForTurn } from '../parts/turns.ts';
import type { Followed } from '../playground-context.ts';

/** What a figure shows. Each drawing is another object, of the same wanted things too. */
export interface Drawn<Wanted> {
  readonly is: Wanted;
  /** Of what is followed, where something is. */
  readonly version: number | undefined;
  readonly at: number;
}

/**
 * What a figure should show: follows what it is given in turn with the other figures, those on screen first; a run it follows only while on
 * screen. Undefined until it was on screen for the first time: the frame can stand before the chart does; and once its screen is left.
 *
 * @param wanted kept by the caller from drawing to drawing: another object is another drawing
 * @param options.isLater whether what is wanted can wait until the others that follow the run are drawn; the same function each time
 * @param options.followed the version of what grows in place: it is drawn anew in its turn, and the figure is not rendered before
 */
export function useDrawnInTurn<Wanted>(
  figure: RefObject<HTMLElement | null>,
  wanted: Wanted,
  {
    isLater = never,
    followed,
  }: {
    readonly isLater?: (wanted: Wanted, drawn: Wanted) => boolean;
    readonly followed?: Followed<number>;
  } = {},
): Drawn<Wanted> | undefined {
  const [drawn, setDrawn] = useState<Drawn<Wanted>>();
  const [visible, setVisible] = useState(false);
  const leaving = useContext(Leaving);
  useEffect(() => {
    if (figure.current === null) return;
    const observer = new IntersectionObserver((entries) => setVisible(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: '200px',
    });
    observer.observe(figure.current);
    return () => observer.disconnect();
  }, [figure]);
  useEffect(() => {
    const since = drawn?.at ?? 0;
    const waitFor = (turn: Turn) =>
      waitForTurn(turn, {
        since,
        take: () => setDrawn({ is: wanted, version: followed?.now(), at: performance.now() }),
      });
    const wait = () => {
      if (leaving.getState()) return drawn && waitForTurn('outOfSight', { since, take: () => setDrawn(undefined) });
      if (drawn === undefined) return visible ? waitFor('first') : undefined;
      if (drawn.is === wanted) return visible && followed?.now() !== drawn.version ? waitFor('later') : undefined;
      if (isLater(wanted, drawn.is)) return visible ? waitFor('later') : undefined;
      return waitFor(visible ? 'soon' : 'outOfSight');
    };
    return waitAnewAt(followed === undefined ? [leaving.subscribe] : [leaving.subscribe, followed.subscribe], wait);
  }, [wanted, visible, drawn, leaving, isLater, followed]);
  return drawn;
}

const never = () => false;
