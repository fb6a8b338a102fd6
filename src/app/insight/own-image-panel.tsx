import { Camera, Eraser, ImageUp } from 'lucide-react';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { Panel } from '../parts/panel.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { middleSquare, rgb } from './draw-pixels.ts';

/** Pixels of the drawing board along a side. */
const board = 256;
const black = '#111111';

/** An image the user draws, drops, chooses or takes with the camera, for the network to classify. */
export function OwnImagePanel() {
  const size = usePlayground((state) => state.run?.experiment.resolution ?? 32);
  const { lookInto } = useActions();
  const canvas = useRef<HTMLCanvasElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const last = useRef<{ x: number; y: number }>(undefined);
  const [colour, setColour] = useState(black);
  const [camera, setCamera] = useState<MediaStream>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => clear(canvas.current), []);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = camera ?? null;
    return () => {
      for (const track of camera?.getTracks() ?? []) track.stop();
    };
  }, [camera]);

  const classify = () => {
    const image = canvas.current && scaled(canvas.current, size);
    if (image) lookInto({ of: { kind: 'own', image } });
  };
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
  const take = async (file: Blob | undefined) => {
    if (file === undefined) return;
    try {
      const picture = await createImageBitmap(file);
      paint(canvas.current, picture, picture.width, picture.height);
      setProblem(undefined);
      classify();
    } catch {
      setProblem('This file is no picture that the browser can read. Choose a PNG, JPEG or WebP file.');
    }
  };
  const openCamera = async () => {
    try {
      setCamera(await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }));
      setProblem(undefined);
    } catch {
      setProblem(
        'The camera cannot be used: there is none, or the page was not allowed to. Allow it beside the address, or choose a file.',
      );
    }
  };
  const shoot = () => {
    const { current } = video;
    if (current !== null) paint(canvas.current, current, current.videoWidth, current.videoHeight);
    setCamera(undefined);
    classify();
  };
  return (
    <Panel label="Your image">
      <p className="soft">
        Draw, drop a file on it, or use the camera. The image never leaves this device: it goes to the network in this
        page, and nowhere else.
      </p>
      <div className="own-image">
        <canvas
          ref={canvas}
          className="drawing-board"
          role="img"
          aria-label="Drawing board"
          width={board}
          height={board}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            last.current = pointOf(event);
            draw(event);
          }}
          onPointerMove={draw}
          onPointerUp={() => {
            last.current = undefined;
            classify();
          }}
          onPointerCancel={() => {
            last.current = undefined;
          }}
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            event.stopPropagation();
            void take(event.dataTransfer.files[0]);
          }}
        />
        <div className="own-tools">
          <label className="row">
            Colour <input type="color" value={colour} onChange={(event) => setColour(event.target.value)} />
          </label>
          <button type="button" className="button button-small" onClick={() => clear(canvas.current)}>
            <Eraser aria-hidden /> Clear
          </button>
          <label className="button button-small">
            <ImageUp aria-hidden /> Choose a file
            <input
              type="file"
              accept="image/*"
              className="visually-hidden"
              onChange={(event) => void take(event.target.files?.[0])}
            />
          </label>
          {camera === undefined ? (
            <button type="button" className="button button-small" onClick={() => void openCamera()}>
              <Camera aria-hidden /> Camera
            </button>
          ) : (
            <button type="button" className="button button-small button-solid" onClick={shoot}>
              <Camera aria-hidden /> Take the picture
            </button>
          )}
          <button type="button" className="button button-small" onClick={classify}>
            Classify
          </button>
        </div>
        {camera !== undefined && (
          <video ref={video} className="camera" autoPlay muted playsInline aria-label="Camera" />
        )}
      </div>
      {problem && <p role="alert">{problem}</p>}
    </Panel>
  );
}

function pointOf(event: PointerEvent<HTMLCanvasElement>): { x: number; y: number } {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: ((event.clientX - box.left) / box.width) * board, y: ((event.clientY - box.top) / box.height) * board };
}

function clear(canvas: HTMLCanvasElement | null): void {
  const context = canvas?.getContext('2d');
  if (!context) return;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, board, board);
}

/** The middle square of a picture over the whole board. */
function paint(canvas: HTMLCanvasElement | null, picture: CanvasImageSource, width: number, height: number): void {
  const { x, y, side } = middleSquare(width, height);
  canvas?.getContext('2d')?.drawImage(picture, x, y, side, side, 0, 0, board, board);
}

/** The board at the network's size, bytes [size,size,3]. */
function scaled(canvas: HTMLCanvasElement, size: number): Uint8Array | undefined {
  const small = document.createElement('canvas');
  small.width = size;
  small.height = size;
  const context = small.getContext('2d');
  if (context === null) return undefined;
  context.imageSmoothingQuality = 'high';
  context.drawImage(canvas, 0, 0, size, size);
  return rgb(context.getImageData(0, 0, size, size).data);
}
