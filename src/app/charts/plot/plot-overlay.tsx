import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Span } from '../../../store/chart-view.ts';
import { type Axis, placeOf, valueAt, zoomed } from '../series/axis.ts';
import { keyAction } from './keys.ts';

/** A place on the axis that something happened at. */
export interface PlotMark {
  readonly x: number;
  readonly words: string;
}

/** Pixels a pointer must move before it is a drag. */
const dragStart = 4;
/** Marks this near (as a share of the width) to the place pointed at are told. */
const markReach = 0.012;

/**
 * What lies over a plot: the shared cursor, marks, pointing, dragging a part to zoom in, and the same by keyboard. To assistive
 * technology it is a slider along the axis whose value text reads the chart out at that place.
 */
export function PlotOverlay({
  title,
  describedBy,
  axis,
  whole,
  cursor,
  marks,
  words,
  onPoint,
  onStep,
  onZoom,
  readout,
}: {
  readonly title: string;
  readonly describedBy: string;
  /** What is in sight, and all there is. */
  readonly axis: Axis;
  readonly whole: Axis;
  readonly cursor: number | undefined;
  readonly marks: readonly PlotMark[];
  /** The chart read out at the cursor. */
  readonly words: string;
  /** Points at a place, as near as there is a measurement; undefined: at none. A pointer has a height too, 0 at the foot of the plot to 1. */
  onPoint(x: number | undefined, height?: number): void;
  /** The next place with a measurement to one side. */
  onStep(x: number, side: 1 | -1): number;
  onZoom(span: Span | undefined): void;
  /** Shown beside the cursor in the chart that is pointed at, with the height a pointer is at. */
  readout(marks: readonly PlotMark[], height: number | undefined): ReactNode;
}) {
  const area = useRef<HTMLDivElement>(null);
  /** Pointed at, at a height where that is by a pointer. */
  const [here, setHere] = useState<{ readonly height?: number }>();
  const touched = useRef(false);
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number; readonly touch: boolean }>();
  const place = cursor === undefined ? undefined : placeOf(axis, cursor);
  const shown = place !== undefined && place >= -0.001 && place <= 1.001 ? place : undefined;

  const placeOfPointer = (event: { clientX: number }) => {
    const { left, width } = (area.current as HTMLDivElement).getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / width));
  };
  const heightOfPointer = (event: { clientY: number }) => {
    const { bottom, height } = (area.current as HTMLDivElement).getBoundingClientRect();
    return Math.min(1, Math.max(0, (bottom - event.clientY) / height));
  };
  // React listens to wheels passively; a zoom must keep the page from scrolling.
  useEffect(() => {
    const node = area.current;
    if (node === null) return;
    const zoomByWheel = (event: WheelEvent) => {
      // Without a key the wheel scrolls the page, as everywhere; pinching a trackpad comes with ctrlKey.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, width } = node.getBoundingClientRect();
      onZoom(spanOf(whole, zoomed(whole, axis, valueAt(axis, (event.clientX - left) / width), 1.0015 ** event.deltaY)));
    };
    node.addEventListener('wheel', zoomByWheel, { passive: false });
    return () => node.removeEventListener('wheel', zoomByWheel);
  }, [axis, whole, onZoom]);

  const byKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = cursor ?? axis.high;
    const action = keyAction(event.key);
    if (action === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setHere({});
    setDrag(undefined);
    const moveTo = (share: number) => onPoint(valueAt(axis, Math.min(1, Math.max(0, share))));
    switch (action.kind) {
      case 'step': {
        // At least one measurement, at least a hundredth of what is in sight.
        const next = onStep(at, action.side);
        const far = valueAt(axis, placeOf(axis, at) + action.side * 0.01);
        return onPoint(action.side > 0 ? Math.max(next, far) : Math.min(next, far));
      }
      case 'move':
        return moveTo(placeOf(axis, at) + action.by);
      case 'jump':
        return moveTo(action.to);
      case 'zoom':
        return onZoom(spanOf(whole, zoomed(whole, axis, at, action.factor)));
      case 'all':
        return onZoom(undefined);
    }
  };

  const near = shown === undefined ? [] : marks.filter(({ x }) => Math.abs(placeOf(axis, x) - shown) <= markReach);
  return (
    <div
      ref={area}
      className="plot-area"
      role="slider"
      tabIndex={0}
      aria-label={`Cursor of ${title}`}
      aria-describedby={describedBy}
      aria-orientation="horizontal"
      aria-valuemin={axis.low}
      aria-valuemax={axis.high}
      aria-valuenow={cursor ?? axis.high}
      aria-valuetext={[words, ...near.map((mark) => mark.words)].join('. ')}
      onKeyDown={byKey}
      onBlur={({ relatedTarget }) => {
        setHere(undefined);
        // Who touches something else has read it; another chart points by itself.
        if (touched.current && relatedTarget?.closest('.plot-area') == null) onPoint(undefined);
        touched.current = false;
      }}
      onPointerEnter={(event) => setHere({ height: heightOfPointer(event) })}
      onPointerLeave={({ pointerType }) => {
        // Under a finger nothing can be read: what it pointed at stays when it is taken off.
        touched.current = pointerType === 'touch';
        if (touched.current) return;
        setHere(undefined);
        if (drag === undefined) onPoint(undefined);
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const from = placeOfPointer(event);
        setDrag({ from, to: from, touch: event.pointerType === 'touch' });
        onPoint(valueAt(axis, from), heightOfPointer(event));
      }}
      onPointerMove={(event) => {
        const to = placeOfPointer(event);
        if (drag !== undefined) setDrag({ ...drag, to });
        const height = heightOfPointer(event);
        setHere({ height });
        onPoint(valueAt(axis, to), height);
      }}
      onPointerUp={() => {
        // A finger that moves along reads the chart; only a mouse or a pen marks a part.
        if (drag !== undefined && !drag.touch && isDrag(drag, area.current)) {
          const [from, to] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
          onZoom({ low: valueAt(axis, from), high: valueAt(axis, to) });
        }
        setDrag(undefined);
      }}
      onPointerCancel={() => {
        // The finger scrolls the page.
        setDrag(undefined);
        setHere(undefined);
        onPoint(undefined);
      }}
      onDoubleClick={() => onZoom(undefined)}
    >
      {marks.map((mark, index) => {
        const at = placeOf(axis, mark.x);
        // biome-ignore lint/suspicious/noArrayIndexKey: two marks can share a place and words, and have no state
        return at < 0 || at > 1 ? null : <span key={index} className="plot-mark" style={{ left: `${at * 100}%` }} />;
      })}
      {drag !== undefined && !drag.touch && isDrag(drag, area.current) && (
        <span
          className="plot-part"
          style={{
            left: `${Math.min(drag.from, drag.to) * 100}%`,
            width: `${Math.abs(drag.to - drag.from) * 100}%`,
          }}
        />
      )}
      {shown !== undefined && <span className="plot-cursor" style={{ left: `${shown * 100}%` }} />}
      {shown !== undefined && here !== undefined && (
        <span className="tooltip plot-tooltip" style={besideCursor(shown)}>
          {readout(near, here.height)}
        </span>
      )}
    </div>
  );
}

/** On the wider side of the cursor, and no wider than that side. */
const besideCursor = (place: number): CSSProperties =>
  place > 0.5
    ? { right: `calc(${(1 - place) * 100}% + 8px)`, maxWidth: `calc(${place * 100}% - 8px)` }
    : { left: `calc(${place * 100}% + 8px)`, maxWidth: `calc(${(1 - place) * 100}% - 8px)` };

const isDrag = ({ from, to }: { from: number; to: number }, area: HTMLElement | null): boolean =>
  Math.abs(to - from) * (area?.clientWidth ?? 0) > dragStart;

/** A part as the view keeps it: all of it is none. */
const spanOf = (whole: Axis, { low, high }: Axis): Span | undefined =>
  placeOf(whole, low) < 1e-9 && placeOf(whole, high) > 1 - 1e-9 ? undefined : { low, high };
