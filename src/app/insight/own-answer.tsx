import { formatPercent, formatWhole } from '../look/format.ts';
import { usePlayground } from '../playground-context.ts';
import { surest } from './exit-words.ts';

/** Classes named in the answer. */
const named = 3;

/** What the head says of the user's image, beside it: the exits that say the rest may be far up the page. */
export function OwnAnswer() {
  const seen = usePlayground(({ insight }) => (insight.of.kind === 'own' ? insight.images : undefined));
  const looking = usePlayground((state) => state.insight.of.kind === 'own' && state.insight.looking);
  const head = seen?.labels[0] === -1 ? seen.exits.find(({ kind }) => kind === 'head') : undefined;
  return (
    <div role="status" aria-label="Answer for your image" className="own-answer">
      {seen === undefined || head === undefined ? (
        <span className="soft">{looking ? 'Looking' : 'The answer stands here.'}</span>
      ) : (
        <>
          {surest(head.probabilities, seen.classNames.length, named).map(({ index, value }, place) => (
            <span key={index} className={place === 0 ? 'own-first' : 'soft'}>
              {seen.classNames[index]} {formatPercent(value)}
            </span>
          ))}
          <span className="soft">
            The head&rsquo;s answer after {formatWhole(seen.step)} steps. The network can only name its own{' '}
            {formatWhole(seen.classNames.length)} classes; every module&rsquo;s answer stands under Early exits.
          </span>
        </>
      )}
    </div>
  );
}
