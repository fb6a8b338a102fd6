import { OctagonAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Note } from '../parts/note.tsx';
import './fault.css';

/** A trouble of a run: what happened, what is kept, and as buttons what to do next. */
export function FaultNote({
  title,
  message,
  kept,
  onDismiss,
  children,
}: {
  readonly title: string;
  readonly message: ReactNode;
  /** What is kept, in a sentence or two. */
  readonly kept: ReactNode;
  readonly onDismiss?: (() => void) | undefined;
  readonly children?: ReactNode;
}) {
  return (
    <Note kind="bad" onDismiss={onDismiss}>
      <div className="fault stack">
        <p className="fault-title">
          <OctagonAlert aria-hidden /> {title}
        </p>
        <dl className="fault-facts">
          <dt>What happened</dt>
          <dd>{message}</dd>
          {kept !== undefined && (
            <>
              <dt>What is kept</dt>
              <dd>{kept}</dd>
            </>
          )}
        </dl>
        {children}
      </div>
    </Note>
  );
}
