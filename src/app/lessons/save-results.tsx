import { Download } from 'lucide-react';
import { useId } from 'react';
import { download } from '../header/download.ts';
import { kept } from '../parts/kept.ts';
import { useActions, usePlayground } from '../playground-context.ts';
import { fileNameOf } from '../runs/run-files.ts';
import { useLessonRuns } from './use-lesson-runs.ts';

const useWho = kept('');

/** Hands out the runs of the lesson as one file, named so that a class can be told apart. */
export function SaveResults() {
  const lesson = usePlayground((state) => state.lesson.name);
  const runs = useLessonRuns();
  const { lessonResults } = useActions();
  const [who, setWho] = useWho();
  const id = useId();
  const save = async () => {
    const text = await lessonResults();
    const name = who.trim() === '' ? lesson : `${fileNameOf(who)}-${lesson}`;
    download(new Blob([text], { type: 'application/json' }), `${name}.results.json`);
  };
  return (
    <div className="row save-results">
      <label htmlFor={id}>Your name, for the file&rsquo;s name only</label>
      <input
        id={id}
        className="teacher-budget"
        value={who}
        placeholder="none"
        onChange={(event) => setWho(event.target.value)}
      />
      <button
        type="button"
        className="button"
        disabled={runs.size === 0}
        title="The runs of this lesson with all their measurements, no weights and no images. Many such files dropped on the screen of runs stand side by side"
        onClick={() => void save()}
      >
        <Download aria-hidden /> Save results as one file
      </button>
    </div>
  );
}
