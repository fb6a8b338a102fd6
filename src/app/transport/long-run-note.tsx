import { formatSeconds } from '../look/format.ts';
import { Note } from '../parts/note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { fewerEpochs, longRun } from './run-words.ts';

/** A run of hours is said before it is begun, with a smaller one to choose. */
export function LongRunNote() {
  const seconds = usePlayground((state) => state.progress?.secondsLeft);
  const perEpoch = usePlayground((state) => state.progress?.secondsPerEpoch);
  const running = usePlayground((state) => state.run?.experiment);
  const { change, choosePreset } = useActions();
  if (seconds === undefined || seconds <= longRun || running === undefined) return null;
  const fewer = fewerEpochs(running, perEpoch);
  return (
    <Note kind="warn">
      <div className="row">
        <span>
          About {formatSeconds(seconds)} to the end here. For a result sooner: fewer epochs, a part of the images, or a
          smaller network.
        </span>
        {fewer !== undefined && (
          <button type="button" className="button button-small" onClick={() => change({ epochs: fewer })}>
            {fewer} epochs (half an hour)
          </button>
        )}
        <button type="button" className="button button-small" onClick={() => choosePreset('quick')}>
          Preset quick
        </button>
      </div>
    </Note>
  );
}
