import { useEffect, useRef, useState } from 'react';
import { useActions } from '../playground-context.ts';
import { tourSteps } from './tour-steps.ts';
import './tour.css';

/** A short walk over the page: it points at one part after the other, and can be left at any time. Nothing is covered but a corner. */
export function Tour({ onEnd }: { onEnd(): void }) {
  const [at, setAt] = useState(0);
  const { showView } = useActions();
  const card = useRef<HTMLElement>(null);
  const step = tourSteps[at];
  useEffect(() => showView('train'), [showView]);
  useEffect(() => {
    card.current?.focus();
  }, []);
  useEffect(() => {
    const part = step && findRegion(step.region);
    if (part === undefined) return;
    part.setAttribute('data-toured', '');
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    // The head of a part that is taller than the window, not its foot.
    const tall = part.getBoundingClientRect().height > innerHeight / 2;
    part.scrollIntoView({ block: tall ? 'start' : 'nearest', behavior: still ? 'instant' : 'smooth' });
    return () => part.removeAttribute('data-toured');
  }, [step]);
  useEffect(() => {
    const leave = (event: KeyboardEvent) => event.key === 'Escape' && onEnd();
    addEventListener('keydown', leave);
    return () => removeEventListener('keydown', leave);
  }, [onEnd]);
  if (step === undefined) return null;
  const last = at === tourSteps.length - 1;
  return (
    <section ref={card} className="tour" aria-label="Tour" tabIndex={-1}>
      <div aria-live="polite">
        <h2>{step.title}</h2>
        <p>{step.words}</p>
      </div>
      <div className="row">
        <span className="soft tour-count">
          {at + 1} of {tourSteps.length}
        </span>
        <button type="button" className="button button-small" onClick={onEnd}>
          {last ? 'Close' : 'Skip the tour'}
        </button>
        {at > 0 && (
          <button type="button" className="button button-small" onClick={() => setAt(at - 1)}>
            Back
          </button>
        )}
        {!last && (
          <button type="button" className="button button-small button-solid" onClick={() => setAt(at + 1)}>
            Next
          </button>
        )}
      </div>
    </section>
  );
}

/** A part of the page by its accessible name, as a screen reader finds it. */
function findRegion(name: string): Element | undefined {
  return [...document.querySelectorAll('section, [role="tablist"]')].find((part) => {
    const label = part.getAttribute('aria-labelledby');
    const words = label === null ? part.getAttribute('aria-label') : document.getElementById(label)?.textContent;
    return words === name;
  });
}
