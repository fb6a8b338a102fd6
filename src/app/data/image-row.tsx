import { useEffect, useRef } from 'react';

/** Images side by side, of a block uint8 RGB [count, size, size, 3]. */
export function ImageRow({
  images,
  size,
  places,
  label,
}: {
  readonly images: Uint8Array;
  readonly size: number;
  readonly places: readonly number[];
  readonly label: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    for (const [column, place] of places.entries())
      context?.putImageData(toImage(images, size, place), column * size, 0);
  }, [images, size, places]);
  const columns = Math.max(1, places.length);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      width={columns * size}
      height={size}
      style={{ aspectRatio: `${columns} / 1` }}
    />
  );
}

/** One image of the block, RGB to RGBA. */
function toImage(images: Uint8Array, size: number, place: number): ImageData {
  const image = new ImageData(size, size);
  const start = place * size * size * 3;
  for (let pixel = 0; pixel < size * size; pixel++) {
    for (let channel = 0; channel < 3; channel++)
      image.data[pixel * 4 + channel] = images[start + pixel * 3 + channel] ?? 0;
    image.data[pixel * 4 + 3] = 255;
  }
  return image;
}
