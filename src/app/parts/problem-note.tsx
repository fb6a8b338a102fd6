import type { Place } from '../../store/state.ts';
import { CopyReport } from '../manners/copy-report.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { Note } from './note.tsx';
import { Remedies } from './remedies.tsx';

/** The problem that was reported for a place, if any, to be dismissed. */
export function ProblemNote({
  place,
  reportable = false,
}: {
  readonly place: Place;
  /** It may be the program's or the device's doing: a report of it can be copied. */
  readonly reportable?: boolean;
}) {
  const problem = usePlayground((state) => state.problems[place]);
  const { dismiss } = useActions();
  if (problem === undefined) return null;
  return (
    <Note kind="bad" onDismiss={() => dismiss(place)}>
      <p>{problem.message}</p>
      <Remedies problem={problem} />
      {reportable && (
        <div className="row">
          <CopyReport problem={problem} />
        </div>
      )}
    </Note>
  );
}
