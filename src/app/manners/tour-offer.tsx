import { useState } from 'react';
import { Note } from '../parts/note.tsx';
import { useActions } from '../playground-context.ts';

const key = 'hpff-tour';

/** Whether the tour was taken or turned down on this device; a browser that keeps nothing counts as new. */
export function tourIsKnown(): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

export function rememberTour(): void {
  try {
    localStorage.setItem(key, 'known');
  } catch {
    // Then it is offered again: no harm.
  }
}

/** Offered once to a new visitor, in the flow of the page. */
export function TourOffer({ onStart }: { onStart(): void }) {
  const [known, setKnown] = useState(tourIsKnown);
  const { compareWithBp } = useActions();
  if (known) return null;
  const decide = () => {
    rememberTour();
    setKnown(true);
  };
  return (
    <section className="files-note" aria-label="Welcome">
      <Note kind="plain" onDismiss={decide}>
        <div className="row">
          <span>
            New here? Press play to train, see in two small runs what HPFF saves and what it costs, or take the tour:
            six stops, a minute.
          </span>
          <button
            type="button"
            className="button button-small"
            title="Trains HPFF on a ResNet-20 with every block a module, then the same with back-propagation, and puts them side by side"
            onClick={() => {
              decide();
              compareWithBp();
            }}
          >
            HPFF beside back-propagation
          </button>
          <button
            type="button"
            className="button button-small"
            onClick={() => {
              decide();
              onStart();
            }}
          >
            Take the tour
          </button>
        </div>
      </Note>
    </section>
  );
}
