import type { LucideIcon } from 'lucide-react';
import { Tip } from '../parts/tip.tsx';

/** A button of the transport: its name, what it does, and its key. */
export function TransportButton({
  name,
  icon: Icon,
  keyName,
  help,
  solid = false,
  disabled,
  onClick,
}: {
  readonly name: string;
  readonly icon: LucideIcon;
  readonly keyName: string;
  readonly help: string;
  readonly solid?: boolean;
  readonly disabled: boolean;
  onClick(): void;
}) {
  return (
    <Tip
      content={
        <>
          <div className="tooltip-title">
            {name} <kbd className="key">{keyName}</kbd>
          </div>
          <div>{help}</div>
        </>
      }
    >
      <button
        type="button"
        className={`button transport-button${solid ? ' button-solid' : ''}`}
        aria-keyshortcuts={keyName}
        aria-label={name}
        disabled={disabled}
        onClick={onClick}
      >
        <Icon aria-hidden />
        <span className="transport-word">{name}</span>
      </button>
    </Tip>
  );
}
