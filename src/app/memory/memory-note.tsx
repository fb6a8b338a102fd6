import { formatTimes } from '../look/format.ts';
import { Note } from '../parts/note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { methodOf, savingPreset, verdictOf } from './memory-words.ts';

/** Says plainly where local learning saves no memory, and offers a cut that does. */
export function MemoryNote() {
  const preview = usePlayground((state) => state.preview);
  const experiment = usePlayground((state) => state.previewOf);
  const { change } = useActions();
  if (preview === undefined || experiment === undefined) return null;
  const verdict = verdictOf(experiment, preview);
  if (verdict === 'is-bp' || verdict === 'saves') return null;
  const modules = preview.modules.length - 1;
  return (
    <Note kind="warn">
      <p>
        {verdict === 'more'
          ? `This needs ${formatTimes(preview.peakBytes / preview.bpPeakBytes)} the memory of back-propagation: nothing is saved.`
          : 'This needs as much memory as back-propagation: nothing is saved.'}{' '}
        {modules <= 4
          ? `With K = ${modules} most of the network is held at once, and the auxiliary networks come on top.`
          : 'The auxiliary networks cost more than the cuts save.'}{' '}
        More modules in a deeper network do save.
      </p>
      <button type="button" className="button button-small" onClick={() => change(methodOf(savingPreset))}>
        Try {savingPreset} on this data
      </button>
    </Note>
  );
}
