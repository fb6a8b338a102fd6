import { statusOf } from '../../store/state.ts';
import { usePlayground } from '../playground-context.ts';
import { epochInWords, paces, shareDone } from './run-words.ts';

/** State of the run, epoch and step, the progress bar and the paces: read on demand, what is worth telling is announced elsewhere. */
export function Position() {
  const status = usePlayground(statusOf);
  const progress = usePlayground((state) => state.progress);
  const preparing = usePlayground((state) => state.preparing);
  const rebuilding = usePlayground((state) => state.rebuilding);
  const share = status === 'preparing' ? (preparing?.share ?? 0) : progress === undefined ? 0 : shareDone(progress);
  const what = status === 'preparing' && preparing !== undefined ? ` ${preparing.what}` : '';
  return (
    <>
      <div className="position">
        <div role="status" aria-live="off" className="position-words">
          <span className="state" data-status={status}>
            {status}
            {what}
            {rebuilding ? ', rebuilding' : ''}
          </span>
          {progress !== undefined && (
            <span className="position-count">
              {epochInWords(progress)}, step {progress.step} of {progress.totalSteps}
            </span>
          )}
        </div>
        <progress
          className="bar"
          aria-label={status === 'preparing' ? 'Preparing' : 'Share of the run'}
          max={1}
          value={share}
        />
      </div>
      <dl className="paces">
        {paces(progress).map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
