import { X } from 'lucide-react';
import type { ReactNode } from 'react';

/** A sentence or two at the place they are about. Bad news is announced; all else waits to be read. */
export function Note({
  kind,
  onDismiss,
  children,
}: {
  readonly kind: 'plain' | 'good' | 'warn' | 'bad';
  readonly onDismiss?: (() => void) | undefined;
  readonly children: ReactNode;
}) {
  return (
    <div className={`note note-${kind}`} role={kind === 'bad' ? 'alert' : undefined}>
      <div className="note-text">{children}</div>
      {onDismiss && (
        <button type="button" className="button button-quiet button-small" aria-label="Dismiss" onClick={onDismiss}>
          <X aria-hidden />
        </button>
      )}
    </div>
  );
}
