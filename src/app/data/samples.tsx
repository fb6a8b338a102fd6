import { useEffect, useMemo, useRef } from 'react';
import type { DataInfo } from '../../worker/protocol.ts';

/** A few training images of each class. */
export function Samples({ info }: { readonly info: DataInfo }) {
  const { samples, classNames } = info;
  const byClass = useMemo(
    () =>
      classNames.map((name, label) => ({
        name,
        places: samples.labels.flatMap((own, place) => (own === label ? [place] : [])),
      })),
    [samples, classNames],
  );
  return (
    <ul className="samples">
      {byClass.map(({ name, places }) => (
        <li key={name}>
          <span className="samples-name">{name}</span>
          <Images images={samples.images} size={samples.size} places={places} label={`Training images of ${name}`} />
        </li>
      ))}
    </ul>
  );
}

function Images({
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
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      width={Math.max(1, places.length) * size}
      height={size}
      style={{ aspectRatio: `${Math.max(1, places.length)} / 1` }}
    />
  );
}

/** One image of the block of images, RGB to RGBA. */
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
