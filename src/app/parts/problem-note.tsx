import type { Place } from '../../store/state.ts';
import { FaultNote } from '../faults/fault-note.tsx';
import { titleOfFault } from '../faults/fault-words.ts';
import { CopyReport } from '../manners/copy-report.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { CodeLines } from './code-lines.tsx';
import { Note } from './note.tsx';
import { ProblemDetails } from './problem-details.tsx';
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
  const live = usePlayground((state) => state.run !== undefined);
  const { dismiss } = useActions();
  if (problem === undefined) return null;
  const onDismiss = () => dismiss(place);
  const report = reportable && (
    <div className="row">
      <CopyReport problem={problem} />
    </div>
  );
  if (problem.fault !== undefined)
    return (
      <FaultNote
        title={titleOfFault(problem.fault)}
        message={problem.message}
        kept={live ? 'The run goes on as it was.' : undefined}
        onDismiss={onDismiss}
      >
        <Remedies problem={problem} />
        {report}
      </FaultNote>
    );
  return (
    <Note kind="bad" onDismiss={onDismiss}>
      <p>{problem.message}</p>
      {problem.details !== undefined && <ProblemDetails details={problem.details} />}
      {problem.code !== undefined && <CodeLines code={problem.code} />}
      <Remedies problem={problem} />
      {report}
    </Note>
  );
}
