import { Scissors } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { StripBorder } from './strip-layout.ts';

/** The place between two blocks: a press cuts or joins. Arrow keys lead from one to the next. */
export function BorderButton({
  border,
  reachable,
  onToggle,
  onKeyDown,
}: {
  readonly border: StripBorder;
  /** Whether the tab key stops here; one border of the strip is enough. */
  readonly reachable: boolean;
  onToggle(): void;
  onKeyDown(event: KeyboardEvent<HTMLButtonElement>): void;
}) {
  return (
    <button
      type="button"
      className="border-button"
      data-cut={border.cut}
      aria-label={border.name}
      title={`${border.name}, ${border.between}. Rebuilds, keeps weights.`}
      tabIndex={reachable ? 0 : -1}
      style={{ gridColumn: border.column }}
      onClick={onToggle}
      onKeyDown={onKeyDown}
    >
      <Scissors aria-hidden className="border-icon" />
    </button>
  );
}
