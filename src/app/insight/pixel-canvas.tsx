import { useEffect, useRef } from 'react';
import type { Maps } from '../../runs/insight.ts';
import { rgba, shades } from './draw-pixels.ts';

/** One image of bytes [images,size,size,3], with the lines of its patches where there are any. Without a label it is decoration. */
export function PixelImage({
  bytes,
  image,
  size,
  label,
  grid = 1,
}: {
  readonly bytes: Uint8Array;
  readonly image: number;
  readonly size: number;
  readonly label: string;
  readonly grid?: number;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const data = rgba(bytes, image * size * size * 3, size * size);
    canvas.current?.getContext('2d')?.putImageData(new ImageData(data, size, size), 0, 0);
  }, [bytes, image, size]);
  return (
    <span className="pixel-image">
      <canvas
        ref={canvas}
        {...(label === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
        width={size}
        height={size}
      />
      {grid > 1 && (
        <span aria-hidden className="pixel-grid" style={{ backgroundSize: `${100 / grid}% ${100 / grid}%` }} />
      )}
    </span>
  );
}

/** Maps side by side, each from its own least (black) to its own most (white). */
export function MapSheet({
  maps,
  columns,
  label,
  most = 256,
}: {
  readonly maps: Maps;
  readonly columns: number;
  readonly label: string;
  readonly most?: number;
}) {
  const { height, width, values } = maps;
  const count = Math.min(most, maps.count);
  const canvas = useRef<HTMLCanvasElement>(null);
  const rows = Math.ceil(count / columns);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, columns * (width + 1), rows * (height + 1));
    for (let map = 0; map < count; map++) {
      const grey = shades(values.subarray(map * height * width, (map + 1) * height * width));
      const image = new ImageData(width, height);
      grey.forEach((shade, pixel) => {
        image.data.fill(shade, pixel * 4, pixel * 4 + 3);
        image.data[pixel * 4 + 3] = 255;
      });
      context.putImageData(image, (map % columns) * (width + 1), Math.floor(map / columns) * (height + 1));
    }
  }, [values, count, columns, rows, height, width]);
  return (
    <canvas
      ref={canvas}
      className="map-sheet"
      role="img"
      aria-label={label}
      width={columns * (width + 1) - 1}
      height={rows * (height + 1) - 1}
    />
  );
}
