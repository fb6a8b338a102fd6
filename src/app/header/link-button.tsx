import { Link } from 'lucide-react';
import { useState } from 'react';
import { experimentHash } from '../../store/share-link.ts';
import { usePlayground } from '../playground-context.ts';

/** Puts the experiment into the page's address, and the address on the clipboard. */
export function LinkButton() {
  const experiment = usePlayground((state) => state.experiment);
  const [said, setSaid] = useState('');
  const copy = async () => {
    const address = new URL(experimentHash(experiment), location.href).href;
    // Not an assignment to the hash: that would load the link we just made.
    history.replaceState(null, '', address);
    try {
      await navigator.clipboard.writeText(address);
      setSaid('Copied');
    } catch {
      setSaid('In the address bar');
    }
    setTimeout(() => setSaid(''), 2500);
  };
  return (
    <>
      <button
        type="button"
        className="button"
        aria-label="Copy link"
        title="The experiment as a link: no weights, no images"
        onClick={() => void copy()}
      >
        <Link aria-hidden />
        <span className="link-word">{said || 'Copy link'}</span>
      </button>
      <span className="visually-hidden" aria-live="polite">
        {said}
      </span>
    </>
  );
}
