import type { Place } from '../../store/state.ts';
import { useActions, usePlayground } from '../playground-context.ts';
import { Note } from './note.tsx';
import { Remedies } from './remedies.tsx';

/** The problem that was reported for a place, if any, to be dismissed. */
export function ProblemNote({ place }: { readonly place: Place }) {
  const problem = usePlayground((state) => state.problems[place]);
  const { dismiss } = useActions();
  if (problem === undefined) return null;
  return (
    <Note kind="bad" onDismiss={() => dismiss(place)}>
      <p>{problem.message}</p>
      <Remedies problem={problem} />
    </Note>
  );
}
