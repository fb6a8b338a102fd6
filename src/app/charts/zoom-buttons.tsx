import { RotateCcw, ZoomIn, ZoomOut } from 'lucide-react';
import type { Span } from '../../store/chart-view.ts';
import { Tip } from '../parts/tip.tsx';
import { type Axis, partOf, valueAt, zoomed } from './series/axis.ts';

/** Zooms an axis by buttons: a finger on a plot reads it and marks no part. */
export function ZoomButtons({
  what,
  all,
  wholeNow,
  zoom,
  onZoom,
}: {
  /** Added to the buttons' names where the page has several of them. */
  readonly what: string;
  /** The name of the button that shows everything again. */
  readonly all: string;
  /** All there is, asked for when a button is pressed. */
  wholeNow(): Axis;
  /** Undefined: all of it. */
  readonly zoom: Span | undefined;
  onZoom(span: Span | undefined): void;
}) {
  const by = (factor: number) => {
    const whole = wholeNow();
    const now = partOf(whole, zoom);
    const next = zoomed(whole, now, valueAt(now, 0.5), factor);
    onZoom(next.low <= whole.low && next.high >= whole.high ? undefined : next);
  };
  return (
    <>
      <Tip content="Zoom in. Or drag over a chart, pinch, hold Ctrl and turn the wheel, or press + in a chart">
        <button type="button" className="button button-small" aria-label={`Zoom in${what}`} onClick={() => by(0.5)}>
          <ZoomIn aria-hidden />
        </button>
      </Tip>
      <Tip content="Zoom out">
        <button
          type="button"
          className="button button-small"
          aria-label={`Zoom out${what}`}
          disabled={zoom === undefined}
          onClick={() => by(2)}
        >
          <ZoomOut aria-hidden />
        </button>
      </Tip>
      <Tip content="Show all again. Or double click a chart, or press Escape in it">
        <button
          type="button"
          className="button button-small"
          aria-label={all}
          disabled={zoom === undefined}
          onClick={() => onZoom(undefined)}
        >
          <RotateCcw aria-hidden />
        </button>
      </Tip>
    </>
  );
}
