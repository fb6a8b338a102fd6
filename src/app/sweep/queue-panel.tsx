import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { isToCome, type QueueEntry } from '../../store/sweep/queue.ts';
import { formatPercent } from '../look/format.ts';
import { Panel } from '../parts/panel.tsx';
import { useActions, usePlayground } from '../playground-context.ts';

/** Runs that train one after another. */
export function QueuePanel() {
  const { entries, mode } = usePlayground((state) => state.queue);
  const elsewhere = usePlayground((state) => state.queueElsewhere);
  const { holdQueue, startQueue, cancelQueue, clearEnded } = useActions();
  const waiting = entries.filter(isToCome).length;
  const running = entries.some(({ state }) => state.kind === 'running');
  const ended = entries.length - waiting - (running ? 1 : 0);
  return (
    <Panel
      label="Queue"
      className="queue"
      tools={
        <>
          {mode === 'going' && (waiting > 0 || running) && (
            <button type="button" className="button button-small" onClick={holdQueue}>
              Pause queue
            </button>
          )}
          {mode !== 'going' && (waiting > 0 || running) && (
            <button type="button" className="button button-small" onClick={startQueue}>
              {mode === 'afterLive' ? 'Pause the live run and start' : 'Go on'}
            </button>
          )}
          {(waiting > 0 || running) && (
            <button type="button" className="button button-small" onClick={cancelQueue}>
              Cancel queue
            </button>
          )}
          {ended > 0 && (
            <button type="button" className="button button-small" onClick={clearEnded}>
              Clear ended
            </button>
          )}
        </>
      }
    >
      <p role="status" className="soft">
        {entries.length === 0
          ? 'Nothing is queued. Runs of a sweep, and "same, with BP", train here one after another.'
          : `${waiting} waiting${running ? ', 1 running' : ''}, ${ended} ended${(mode === 'held' || mode === 'offered') && waiting > 0 ? '; paused' : ''}${mode === 'afterLive' ? '; begins when the live run has finished' : ''}`}
      </p>
      {elsewhere && (
        <p className="soft">
          Another tab has a queue of its own: its runs train there. Once that tab is closed, the next page you open
          offers them.
        </p>
      )}
      <ol className="queue-list">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </Panel>
  );
}

function Entry({ entry }: { readonly entry: QueueEntry }) {
  const { id, title, state } = entry;
  const { moveQueued, removeQueued } = useActions();
  return (
    <li className="queue-entry" data-state={state.kind}>
      <span className="queue-title">{title}</span>
      <StateWords entry={entry} />
      {isToCome(entry) && (
        <span className="row">
          {(
            [
              ['Earlier', ArrowUp, () => moveQueued(id, -1)],
              ['Later', ArrowDown, () => moveQueued(id, 1)],
              ['Remove', X, () => removeQueued(id)],
            ] as const
          ).map(([words, Icon, act]) => (
            <button
              key={words}
              type="button"
              className="button button-quiet button-small"
              aria-label={`${words}: ${title}`}
              title={words}
              onClick={act}
            >
              <Icon aria-hidden />
            </button>
          ))}
        </span>
      )}
    </li>
  );
}

function StateWords({ entry: { state } }: { readonly entry: QueueEntry }) {
  const run = 'run' in state ? state.run : undefined;
  const accuracy = usePlayground(({ runs }) => runs.find(({ id }) => id === run)?.summary.scores.lastTest);
  const step = usePlayground(({ runs }) => runs.find(({ id }) => id === run)?.summary.step ?? 0);
  const share = usePlayground(({ progress, run: live }) =>
    state.kind === 'running' && progress !== undefined && live?.id === run && progress.totalSteps > 0
      ? Math.floor((100 * progress.step) / progress.totalSteps)
      : undefined,
  );
  switch (state.kind) {
    case 'waiting':
      return <span className="soft">waiting</span>;
    case 'interrupted':
      return <span className="soft">interrupted at step {step}; will be resumed</span>;
    case 'running':
      return <span>running{share === undefined ? '' : ` ${share}\u00a0%`}</span>;
    case 'done':
      return <span>done, test {formatPercent(accuracy)}</span>;
    case 'refused':
      return <span className="queue-problem">refused: {state.message}</span>;
    case 'stopped':
      return <span className="queue-problem">stopped: {state.message}</span>;
  }
}
