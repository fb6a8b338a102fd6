import { useEffect, useState } from 'react';
import type { DataInfo, Look, SetView } from '../../worker/protocol.ts';
import { formatWhole } from '../look/format.ts';
import { useActions, usePlayground } from '../playground-context.ts';
import { Augmentation } from './augmentation.tsx';
import { ClassBalance } from './class-balance.tsx';
import { ColourStatistics } from './colour-statistics.tsx';
import { partsOf } from './parts-of.ts';
import { Samples } from './samples.tsx';

/** Classes whose samples are shown at a time. */
const classes = 10;

/** One data set: what it holds, samples, balance, colours, augmentation, and whose it is. */
export function DataSet({ info, inRun }: { readonly info: DataInfo; readonly inRun: boolean }) {
  const { lookAt } = useActions();
  const [look, setLook] = useState<Look>(() => ({
    part: partsOf(info)[0]?.part ?? 'train',
    firstClass: 0,
    classes,
    seed: 1,
  }));
  const { checksum } = info;
  useEffect(() => {
    lookAt(checksum, look);
  }, [lookAt, checksum, look]);
  const view = usePlayground(({ dataView }) => (dataView?.checksum === checksum ? dataView : undefined));
  return (
    <div className="stack data-set">
      <h3>
        {info.title} <span className="soft">{inRun ? 'in this run' : 'loaded, not in this run yet'}</span>
      </h3>
      <p>{inWords(info)}</p>
      {view && <Pictures info={info} view={view} look={look} onLook={setLook} />}
      {info.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      <details>
        <summary>Checksum, terms and citation</summary>
        <p className="checksum">{info.checksum}</p>
        <p>{info.terms}</p>
      </details>
    </div>
  );
}

function Pictures({
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
  return (
    <>
      <Samples info={info} view={view} look={look} onLook={onLook} />
      {info.trainCount > 0 && <ClassBalance info={info} view={view} />}
      <ColourStatistics view={view} />
      <Augmentation view={view} onAgain={() => onLook({ ...look, seed: look.seed + 1 })} />
    </>
  );
}

/** How many images of what: 640 training and 200 test images of 10 classes, 32x32. */
function inWords(info: DataInfo): string {
  const size = `${info.resolution}\u00d7${info.resolution}`;
  const counts = partsOf(info).map(({ count, words }) => `${formatWhole(count)} ${words}`);
  const listed = counts.length > 1 ? `${counts.slice(0, -1).join(', ')} and ${counts.at(-1)}` : counts.join();
  if (info.trainCount === 0) return `${listed} images, ${size}: to look at, not to train a classifier on.`;
  return `${listed} images of ${formatWhole(info.classNames.length)} classes, ${size}.`;
}
