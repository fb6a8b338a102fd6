import { ProblemNote } from './parts/problem-note.tsx';

/** What was wrong with the last import, right under its button. */
export function FilesNote() {
  return (
    <div className="files-note" aria-live="polite">
      <ProblemNote place="import" />
    </div>
  );
}
