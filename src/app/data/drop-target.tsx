import { useEffect, useState } from 'react';
import { useActions, usePlayground } from '../playground-context.ts';
import { filesOfDrop } from './given-files.ts';

/** Takes files and folders dropped anywhere on the page, and says so while they are carried over it. */
export function DropTarget() {
  const { takeFiles, refuseFiles } = useActions();
  const view = usePlayground((state) => state.view);
  const [over, setOver] = useState(false);
  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onDragOver = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      // Out of the window, not from one element to the next.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      setOver(false);
      // A part of the page has taken it.
      if (event.defaultPrevented) return;
      event.preventDefault();
      void filesOfDrop(event.dataTransfer).then((files) =>
        files.ok ? takeFiles(files.value) : refuseFiles(files.error),
      );
    };
    addEventListener('dragover', onDragOver);
    addEventListener('dragleave', onDragLeave);
    addEventListener('drop', onDrop);
    return () => {
      removeEventListener('dragover', onDragOver);
      removeEventListener('dragleave', onDragLeave);
      removeEventListener('drop', onDrop);
    };
  }, [takeFiles, refuseFiles]);
  if (!over) return null;
  return (
    <div className="drop-cover">
      {view === 'compare' ? (
        <p>Drop exported runs, or the results of a class, to see them side by side.</p>
      ) : (
        <p>Drop the files or folder of a data set, weights (.safetensors), an experiment or a run (.json).</p>
      )}
      <p>They stay on this device.</p>
    </div>
  );
}
