import { GripVertical, Scissors } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { StripBorder } from './strip-layout.ts';
import type { BorderHandlers } from './use-border-drag.ts';

/** The place between two blocks. Where it is cut it is a handle that can be dragged; a press cuts or joins. */
export function BorderButton({
  border,
  reachable,
  handlers,
  onToggle,
  onKeyDown,
}: {
  readonly border: StripBorder;
  /** Whether the tab key stops here; one border of the strip is enough. */
  readonly reachable: boolean;
  readonly handlers: BorderHandlers;
  onToggle(): void;
  onKeyDown(event: KeyboardEvent<HTMLButtonElement>): void;
}) {
  const { onPointerDown, onPointerMove, onPointerUp, onPointerCancel } = handlers;
  const Icon = border.cut ? GripVertical : Scissors;
  const keys = border.cut ? 'Drag it, or left and right arrow keys; Delete joins' : 'Enter cuts';
  return (
    <button
      type="button"
      className="border-button"
      data-cut={border.cut}
      aria-label={border.name}
      aria-description={keys}
      title={`${border.name}, ${border.between}. ${keys}. Rebuilds, keeps weights.`}
      tabIndex={reachable ? 0 : -1}
      style={{ gridColumn: border.column }}
      onClick={onToggle}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerCancel}
    >
      <Icon aria-hidden className="border-icon" />
    </button>
  );
}
