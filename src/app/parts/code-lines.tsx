import { useState } from 'react';

/** Lines of code to run elsewhere, and a button that copies them. */
export function CodeLines({ code }: { readonly code: string }) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      setSaid('Copied.');
    } catch {
      setSaid('Select and copy it above.');
    }
  };
  return (
    <div>
      {/* It can be scrolled, so it can be reached. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must hold the keyboard's focus */}
      <pre className="code-lines" tabIndex={0}>
        <code>{code}</code>
      </pre>
      <div className="row">
        <button type="button" className="button button-small" onClick={() => void copy()}>
          Copy these lines
        </button>
        <span aria-live="polite">{said}</span>
      </div>
    </div>
  );
}
