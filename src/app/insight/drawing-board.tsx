import { type PointerEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import { middleSquare, rgb } from './draw-pixels.ts';

/** Pixels of the board along a side. */
const board = 256;

/** What was on the board when its screen was left; it stays while the page is open. */
const left: { picture: ImageData | undefined } = { picture: undefined };

/** A square to draw on with mouse, pen or finger, and to drop a picture on. */
export function DrawingBoard({
  canvas,
  colour,
  onDrawn,
  onFile,
}: {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly colour: string;
  /** A stroke has ended. */
  onDrawn(): void;
  onFile(file: File): void;
}) {
  const last = useRef<{ readonly x: number; readonly y: number }>(undefined);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d', { willReadFrequently: true });
    if (!context) return;
    clearBoard(canvas.current);
    if (left.picture !== undefined) context.putImageData(left.picture, 0, 0);
    return () => {
      left.picture = context.getImageData(0, 0, board, board);
    };
  }, [canvas]);
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    const context = canvas.current?.getContext('2d');
    const from = last.current;
    if (!context || from === undefined) return;
    const to = pointOf(event);
    context.strokeStyle = colour;
    context.lineWidth = 20;
    context.lineCap = 'round';
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
    last.current = to;
  };
  return (
    <canvas
      ref={canvas}
      className="drawing-board"
      role="img"
      aria-label="Drawing board"
      width={board}
      height={board}
      onPointerDown={(event) => {
        if (event.button !== 0 || !event.isPrimary) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        last.current = pointOf(event);
        draw(event);
      }}
      onPointerMove={(event) => event.isPrimary && draw(event)}
      onPointerUp={() => {
        if (last.current === undefined) return;
        last.current = undefined;
        onDrawn();
      }}
      onPointerCancel={() => {
        last.current = undefined;
      }}
      // What is taken here is not for the page, which reads files of data sets.
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const [file] = event.dataTransfer.files;
        if (file !== undefined) onFile(file);
      }}
    />
  );
}

function pointOf(event: PointerEvent<HTMLCanvasElement>): { x: number; y: number } {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: ((event.clientX - box.left) / box.width) * board, y: ((event.clientY - box.top) / box.height) * board };
}

export function clearBoard(canvas: HTMLCanvasElement | null): void {
  const context = canvas?.getContext('2d');
  if (!context) return;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, board, board);
}

/** The middle square of a picture over the whole board; what is transparent in it becomes white. */
export function paintBoard(
  canvas: HTMLCanvasElement | null,
  picture: CanvasImageSource,
  width: number,
  height: number,
): void {
  clearBoard(canvas);
  const { x, y, side } = middleSquare(width, height);
  canvas?.getContext('2d')?.drawImage(picture, x, y, side, side, 0, 0, board, board);
}

/** The board at the network's size, bytes [size,size,3]. */
export function boardBytes(canvas: HTMLCanvasElement, size: number): Uint8Array | undefined {
  const small = document.createElement('canvas');
  small.width = size;
  small.height = size;
  const context = small.getContext('2d');
  if (context === null) return undefined;
  context.imageSmoothingQuality = 'high';
  context.drawImage(canvas, 0, 0, size, size);
  return rgb(context.getImageData(0, 0, size, size).data);
}
