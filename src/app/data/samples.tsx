import { useMemo } from 'react';
import type { DataInfo, Look, SetView } from '../../worker/protocol.ts';
import { Segmented } from '../charts/segmented.tsx';
import { formatWhole } from '../look/format.ts';
import { ImageRow } from './image-row.tsx';
import { partsOf } from './parts-of.ts';

/** A few images of each class of a part, some classes at a time. */
export function Samples({
  info,
  view,
  look,
  onLook,
}: {
  readonly info: DataInfo;
  readonly view: SetView;
  readonly look: Look;
  onLook(look: Look): void;
}) {
  const { classNames } = info;
  const { samples } = view;
  const rows = useMemo(() => rowsOf(classNames, view), [classNames, view]);
  const parts = partsOf(info);
  const { part, words } = parts.find((one) => one.part === view.look.part) ?? { part: 'train', words: '' };
  return (
    <>
      <div className="row">
        {parts.length > 1 && (
          <Segmented
            label="Part of the set"
            value={look.part}
            choices={parts.map((one) => [one.part, one.words] as const)}
            onChange={(chosen) => onLook({ ...look, part: chosen, firstClass: 0 })}
          />
        )}
        {part !== 'unlabelled' && classNames.length > look.classes && (
          <ClassPages count={classNames.length} look={look} onLook={onLook} />
        )}
      </div>
      <ul className="samples" aria-label={`Samples of the ${words} images`}>
        {rows.map(({ name, places }) => (
          <li key={name}>
            <span className="samples-name">{name}</span>
            <ImageRow
              images={samples.images}
              size={samples.size}
              places={places}
              label={part === 'unlabelled' ? 'Unlabelled images' : `${words} images of ${name}`}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Images by class; those without labels in rows of four. */
function rowsOf(classNames: readonly string[], { samples, look }: SetView) {
  if (look.part === 'unlabelled') {
    const rows = Math.ceil(samples.labels.length / 4);
    return Array.from({ length: rows }, (_, row) => ({
      name: `${4 * row + 1} to ${Math.min(samples.labels.length, 4 * row + 4)}`,
      places: samples.labels.flatMap((_, place) => (Math.floor(place / 4) === row ? [place] : [])),
    }));
  }
  return classNames.slice(look.firstClass, look.firstClass + look.classes).map((name, index) => ({
    name,
    places: samples.labels.flatMap((label, place) => (label === look.firstClass + index ? [place] : [])),
  }));
}

function ClassPages({
  count,
  look,
  onLook,
}: {
  readonly count: number;
  readonly look: Look;
  onLook(look: Look): void;
}) {
  const { firstClass: first, classes } = look;
  const turn = (by: number) => onLook({ ...look, firstClass: first + by });
  return (
    <div className="row">
      <button type="button" className="button button-small" disabled={first === 0} onClick={() => turn(-classes)}>
        Previous classes
      </button>
      <span className="soft">
        Classes {formatWhole(first + 1)} to {formatWhole(Math.min(count, first + classes))} of {formatWhole(count)}
      </span>
      <button
        type="button"
        className="button button-small"
        disabled={first + classes >= count}
        onClick={() => turn(classes)}
      >
        Next classes
      </button>
    </div>
  );
}
