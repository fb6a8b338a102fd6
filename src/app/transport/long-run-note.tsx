import { formatSeconds } from '../look/format.ts';
import { Note } from '../parts/note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { fewerEpochs, fewerImages, longRun } from './run-words.ts';

/** A run of hours is said before it is begun, with a smaller one to choose. */
export function LongRunNote() {
  const seconds = usePlayground((state) => state.progress?.secondsLeft);
  const perEpoch = usePlayground((state) => state.progress?.secondsPerEpoch);
  const running = usePlayground((state) => state.run?.experiment);
  const trainCount = usePlayground((state) => state.run?.data.trainCount);
  const { change, choosePreset } = useActions();
  if (seconds === undefined || seconds <= longRun || running === undefined) return null;
  const fewer = fewerEpochs(running, perEpoch);
  const wholeRun = (perEpoch ?? 0) * running.epochs;
  const images = trainCount === undefined || wholeRun === 0 ? undefined : fewerImages(trainCount, wholeRun);
  return (
    <Note kind="warn">
      <div className="row">
        <span>About {formatSeconds(seconds)} to the end here. For a result sooner, try:</span>
        {fewer !== undefined && (
          <button type="button" className="button button-small" onClick={() => change({ epochs: fewer })}>
            {fewer} epochs (half an hour)
          </button>
        )}
        {images !== undefined && (
          <button type="button" className="button button-small" onClick={() => change({ trainSize: images })}>
            {images} training images (half an hour; a new run)
          </button>
        )}
        <button type="button" className="button button-small" onClick={() => choosePreset('quick')}>
          Preset quick
        </button>
      </div>
    </Note>
  );
}
