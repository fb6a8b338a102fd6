import { useEffect, useMemo } from 'react';
import { fields } from '../../experiment/fields.ts';
import { changesToCome, type Replay } from '../../runs/replay.ts';
import { type SameLosses, sameLosses } from '../../store/compare/same-losses.ts';
import { Note } from '../parts/note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { useRuns } from '../runs/use-runs.ts';
import { replayInWords, toComeInWords } from './replay-words.ts';

/** Of a live run that repeats another: which changes were made again, which are to come, and whether its losses are the other's so far. */
export function ReplayNote() {
  const replay = usePlayground(({ runs, run }) => runs.find(({ id }) => id === run?.id)?.replay ?? run?.record.replay);
  if (replay === undefined) return null;
  return <Replaying replay={replay} />;
}

function Replaying({ replay }: { readonly replay: Replay }) {
  const { names } = useRuns();
  const experiment = usePlayground((state) => state.run?.experiment);
  const name = names.get(replay.of) ?? replay.name ?? 'another run';
  const same = useSameLosses(replay.of);
  const toCome = useMemo(() => changesToCome(replay), [replay]);
  if (experiment === undefined) return null;
  return (
    <Note kind="plain">
      <section aria-label="Replay">
        <details>
          <summary>{replayInWords(replay, name, same)}</summary>
          <p>
            That run came to step {replay.steps}, on {replay.provenance.executor}.
            {toCome.length === 0 && ' No change is to come.'}
          </p>
          {toCome.length > 0 && (
            <ol aria-label="Changes to come">
              {toComeInWords(experiment, toCome).map(({ step, words }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: several may be at one step, and their order never changes
                <li key={`${replay.made + index}`}>
                  step {step}: {words}
                </li>
              ))}
            </ol>
          )}
          <p className="soft">
            What you change yourself counts from then on: those fields stay as you set them, and all other recorded
            changes are still made.
            {replay.own.length > 0 && ` Yours: ${replay.own.map((field) => fields[field].title).join(', ')}.`}
          </p>
        </details>
      </section>
    </Note>
  );
}

/** Whether the live run's losses are those of a run that is kept here; undefined where that one is not. */
function useSameLosses(of: string): SameLosses | undefined {
  const kept = usePlayground(({ runs }) => runs.some(({ id }) => id === of));
  const other = usePlayground(({ histories }) => histories.get(of));
  const history = usePlayground((state) => state.history);
  const version = usePlayground((state) => state.historyVersion);
  const { loadHistory } = useActions();
  useEffect(() => {
    if (kept) void loadHistory(of);
  }, [kept, of, loadHistory]);
  return useMemo(() => {
    // It grows in place, together with a new version.
    void version;
    return other === undefined ? undefined : sameLosses(history, other);
  }, [history, other, version]);
}
