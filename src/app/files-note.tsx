import { ProblemNote } from './parts/problem-note.tsx';
import { GivenRecordNote } from './runs/given-record-note.tsx';

/** What was wrong with the last import, or is to be asked about it, right under its button. */
export function FilesNote() {
  return (
    <div className="files-note" aria-live="polite">
      <ProblemNote place="import" />
      <GivenRecordNote />
    </div>
  );
}
