import { type KeyboardEvent, type PointerEvent, type RefObject, useRef } from 'react';
import type { Experiment } from '../../experiment/experiment.ts';
import type { PlaygroundActions } from '../../store/playground.ts';
import { moveCut } from '../../store/recut.ts';
import { useActions } from '../playground-context.ts';
import { nearest } from './nearest.ts';

/** Pixels a pointer moves before a press becomes a drag. */
const threshold = 4;
/** Within so many pixels of its edge the strip scrolls along. */
const edge = 28;

interface Drag {
  /** The pointer that drags: other fingers do nothing meanwhile. */
  readonly pointer: number;
  readonly experiment: Experiment;
  readonly from: number;
  readonly startX: number;
  /** Middles of all borders from the left of the strip, which do not move while cuts do. */
  readonly middles: readonly number[];
  place: number;
  moved: boolean;
}

export interface BorderHandlers {
  onPointerDown(event: PointerEvent<HTMLButtonElement>): void;
  onPointerMove(event: PointerEvent<HTMLButtonElement>): void;
  onPointerUp(event: PointerEvent<HTMLButtonElement>): void;
  onPointerCancel(event: PointerEvent<HTMLButtonElement>): void;
  onKeyDown(event: KeyboardEvent<HTMLButtonElement>): void;
}

/** Lets module borders be dragged along the strip. What it would cost is shown at once; the run changes when the handle is let go. */
export function useBorderDrag(
  strip: RefObject<HTMLElement | null>,
  experiment: Experiment,
): { handlers(index: number, draggable: boolean): BorderHandlers; swallowClick(): boolean } {
  const drag = useRef<Drag>(undefined);
  const justDragged = useRef(false);
  const actions = useActions();

  const end = (keep: boolean) => {
    const { current } = drag;
    drag.current = undefined;
    justDragged.current = current?.moved ?? false;
    if (current?.moved) actions.endTry(keep && current.place !== current.from);
    if (current?.moved && keep) focusBorderSoon(strip.current, current.place);
  };

  return {
    swallowClick() {
      const swallowed = justDragged.current;
      justDragged.current = false;
      return swallowed;
    },
    handlers: (index, draggable) => ({
      onPointerDown(event) {
        // A finger's drag ends without a click: the next press of any border is a press again.
        justDragged.current = false;
        if (!draggable || !event.isPrimary || event.button !== 0 || strip.current === null) return;
        const left = strip.current.getBoundingClientRect().left;
        const middles = bordersOf(strip.current).map((button) => {
          const box = button.getBoundingClientRect();
          return box.left + box.width / 2 - left;
        });
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = {
          pointer: event.pointerId,
          experiment,
          from: index,
          place: index,
          startX: event.clientX,
          middles,
          moved: false,
        };
      },
      onPointerMove(event) {
        const { current } = drag;
        if (current?.pointer !== event.pointerId || strip.current === null) return;
        if (!current.moved && Math.abs(event.clientX - current.startX) < threshold) return;
        current.moved = true;
        scrollAlong(strip.current, event.clientX);
        const x = event.clientX - strip.current.getBoundingClientRect().left;
        tryMove(actions, current, nearest(current.middles, x));
      },
      onPointerUp: (event) => event.pointerId === drag.current?.pointer && end(true),
      onPointerCancel: (event) => event.pointerId === drag.current?.pointer && end(false),
      onKeyDown(event) {
        // A drag that was given up may have ended without a click, too: Enter is a press of its own.
        justDragged.current = false;
        if (event.key !== 'Escape' || drag.current === undefined) return;
        event.preventDefault();
        end(false);
      },
    }),
  };
}

function tryMove(actions: PlaygroundActions, drag: Drag, wanted: number): void {
  const { cuts, place } = moveCut(drag.experiment, drag.from, wanted);
  if (place === drag.place) return;
  drag.place = place;
  actions.tryOut({ cuts });
}

const bordersOf = (strip: HTMLElement): HTMLButtonElement[] => [
  ...strip.querySelectorAll<HTMLButtonElement>('.border-button'),
];

/** Gives the border at a place the focus. */
export function focusBorder(strip: HTMLElement | null, place: number): void {
  const buttons = strip === null ? [] : bordersOf(strip);
  for (const [index, button] of buttons.entries()) button.tabIndex = index === place ? 0 : -1;
  buttons[place]?.focus();
}

/** The same once a change of the cuts is drawn. */
export function focusBorderSoon(strip: HTMLElement | null, place: number): void {
  requestAnimationFrame(() => focusBorder(strip, place));
}

function scrollAlong(strip: HTMLElement, x: number): void {
  const frame = strip.parentElement;
  if (frame === null) return;
  const { left, right } = frame.getBoundingClientRect();
  if (x < left + edge) frame.scrollLeft -= 12;
  else if (x > right - edge) frame.scrollLeft += 12;
}
