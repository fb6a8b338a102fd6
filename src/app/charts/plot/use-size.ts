import { type RefObject, useLayoutEffect, useState } from 'react';
import { waitForTurn } from '../../parts/turns.ts';

/** Pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * How large a box is, once it is to be measured; undefined until then. A box on a hidden screen has no size: the last one stays. Another size
 * comes in a turn, as a window that is made smaller changes every chart at once.
 */
export function useSize(box: RefObject<HTMLElement | null>, measured: boolean): Size | undefined {
  const [size, setSize] = useState<Size>();
  useLayoutEffect(() => {
    const element = box.current;
    if (!measured || element === null) return;
    let known = sizeOf(element);
    setSize(known);
    let ignore = () => {};
    const observer = new ResizeObserver(() => {
      const now = sizeOf(element) ?? known;
      if (now?.width === known?.width && now?.height === known?.height) return;
      known = now;
      ignore();
      ignore = waitForTurn('soon', { since: performance.now(), take: () => setSize(now) });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      ignore();
    };
  }, [box, measured]);
  return size;
}

function sizeOf({ clientWidth: width, clientHeight: height }: HTMLElement): Size | undefined {
  return width > 0 && height > 0 ? { width, height } : undefined;
}
