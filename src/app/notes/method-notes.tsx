import { useMemo } from 'react';
import { configurationOf } from '../../methods/configuration.ts';
import { withoutGradient } from '../../methods/loss-weights.ts';
import { Note } from '../parts/note.tsx';
import { usePlayground } from '../playground-context.ts';
import { patchNotes } from './patch-notes.ts';

/** What learns nothing under the present weights. */
export function WeightNotes() {
  const experiment = usePlayground((state) => state.experiment);
  const idle = useMemo(() => withoutGradient(configurationOf(experiment), experiment), [experiment]);
  if (idle.length === 0) return null;
  return (
    <Note kind="warn">
      <p>
        Without gradient under these weights: {idle.join(', ')}. {idle.length === 1 ? 'It learns' : 'They learn'}{' '}
        nothing; weight decay and momentum go on.
      </p>
    </Note>
  );
}

/** What PFF comes to with the present heads. */
export function PatchNotes() {
  const experiment = usePlayground((state) => state.experiment);
  const notes = useMemo(() => patchNotes(experiment), [experiment]);
  return notes.map((note) => (
    <Note key={note} kind="plain">
      <p>{note}</p>
    </Note>
  ));
}
