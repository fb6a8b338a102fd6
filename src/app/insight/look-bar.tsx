import { ChevronLeft, ChevronRight, RefreshCw } from 'lucide-react';
import { useEffect } from 'react';
import { formatBytes, formatSeconds, formatWhole } from '../look/format.ts';
import { kept } from '../parts/kept.ts';
import { Note } from '../parts/note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { useLookBytes } from './use-look-bytes.ts';
import { useRepeatedLook } from './use-repeated-look.ts';
import { type When, WhenToLook } from './when-to-look.tsx';

/** Images of one look. */
const together = 4;

const useWhen = kept<When>('live');

/** Which images are looked at, how often, and what a look costs. */
export function LookBar() {
  const insight = usePlayground((state) => state.insight);
  const run = usePlayground((state) => state.run);
  const [when, setWhen] = useWhen();
  const { lookInto, lookAgain, forgetInsight } = useActions();
  const { of, block, images, looking, problem } = insight;
  const bytes = useLookBytes(run?.experiment, of.kind === 'own' ? 1 : of.images.length, block);
  const id = run?.id;
  const another = insight.run !== undefined && insight.run !== id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run is another network, so what was seen of the last one goes
  useEffect(() => {
    if (another) forgetInsight();
    lookAgain();
  }, [id, forgetInsight, lookAgain]);
  useRepeatedLook(when === 'live', images, lookAgain);
  const first = of.kind === 'test' ? (of.images[0] ?? 0) : 0;
  const count = run?.data.testCount ?? 0;
  const goTo = (start: number) => {
    const from = Math.max(0, Math.min(count - together, start));
    lookInto({
      of: { kind: 'test', images: Array.from({ length: Math.min(together, count) }, (_, index) => from + index) },
    });
  };
  return (
    <section className="look-bar" aria-label="What is looked at">
      <div className="row">
        <span>
          {of.kind === 'own'
            ? 'Your image'
            : `Test images ${formatWhole(first)} to ${formatWhole(first + of.images.length - 1)} of ${formatWhole(count)}`}
        </span>
        <button
          type="button"
          className="button button-small"
          aria-label="Images before"
          onClick={() => goTo(first - together)}
        >
          <ChevronLeft aria-hidden />
        </button>
        <button
          type="button"
          className="button button-small"
          aria-label="Images after"
          onClick={() => goTo(of.kind === 'own' ? 0 : first + together)}
        >
          <ChevronRight aria-hidden />
        </button>
        <WhenToLook label="Looks" when={when} onChoose={setWhen} />
        <button type="button" className="button button-small" disabled={looking} onClick={lookAgain}>
          <RefreshCw aria-hidden /> Look now
        </button>
        <span className="soft look-cost">
          {images ? `step ${formatWhole(images.step)}, took ${formatSeconds(images.seconds)}; ` : ''}
          needs {formatBytes(bytes)} while it lasts; at most 5 % of the time, nothing while this screen is hidden
        </span>
      </div>
      {problem && (
        <Note kind="warn">
          <p>{problem.message}</p>
        </Note>
      )}
    </section>
  );
}
