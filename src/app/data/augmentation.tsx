import { Shuffle } from 'lucide-react';
import { useMemo } from 'react';
import type { SetView } from '../../worker/protocol.ts';
import { ImageRow } from './image-row.tsx';

/** Training images as they are and as steps see them. */
export function Augmentation({ view, onAgain }: { readonly view: SetView; onAgain(): void }) {
  const { augmented, augmentation } = view;
  const rows = useMemo(() => {
    const row = 1 + augmented.variants;
    const count = augmented.labels.length / row;
    return Array.from({ length: count }, (_, first) => Array.from({ length: row }, (_, place) => first * row + place));
  }, [augmented]);
  const { padding, pad, flip } = augmentation;
  const how = padding === 'reflect' ? 'mirrored at the border' : 'with black';
  return (
    <figure className="augmentation">
      <figcaption className="row">
        <span>
          Augmentation: extended by {pad} pixels {how}, cropped at random
          {flip ? ', half of them flipped' : ', not flipped'}. Each row: an image, and five draws of it.
        </span>
        <button type="button" className="button button-small" title="Draws other crops and flips" onClick={onAgain}>
          <Shuffle aria-hidden /> Draw again
        </button>
      </figcaption>
      <div className="augmentation-rows">
        {rows.map((places) => (
          <ImageRow
            key={places[0]}
            images={augmented.images}
            size={augmented.size}
            places={places}
            label="A training image, then five times as a step may see it"
          />
        ))}
      </div>
    </figure>
  );
}
