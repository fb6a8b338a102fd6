import { Redo2, Undo2 } from 'lucide-react';
import { changeInWords } from '../../store/state.ts';
import { redone, undone } from '../../store/undo.ts';
import { Tip } from '../parts/tip.tsx';
import { useActions, usePlayground } from '../playground-context.ts';

/** Takes edits of the experiment back and makes them again, each with what it would do. */
export function UndoButtons() {
  const edits = usePlayground((state) => state.edits);
  const experiment = usePlayground((state) => state.experiment);
  const { undo, redo } = useActions();
  const back = undone(edits, experiment)?.experiment;
  const forth = redone(edits, experiment)?.experiment;
  return (
    <div className="row undo-buttons">
      <Tip content={back === undefined ? 'Nothing to undo' : `Ctrl Z. ${changeInWords(experiment, back)}`}>
        <button
          type="button"
          className="button button-quiet button-small"
          aria-label="Undo edit"
          aria-keyshortcuts="Control+Z"
          aria-disabled={back === undefined}
          onClick={undo}
        >
          <Undo2 aria-hidden />
        </button>
      </Tip>
      <Tip content={forth === undefined ? 'Nothing to redo' : `Ctrl Shift Z. ${changeInWords(experiment, forth)}`}>
        <button
          type="button"
          className="button button-quiet button-small"
          aria-label="Redo edit"
          aria-keyshortcuts="Control+Shift+Z"
          aria-disabled={forth === undefined}
          onClick={redo}
        >
          <Redo2 aria-hidden />
        </button>
      </Tip>
    </div>
  );
}
