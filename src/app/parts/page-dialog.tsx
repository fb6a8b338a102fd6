import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type ReactNode, useRef } from 'react';

/** Opened by its trigger, or from outside by `open`. */
export type Opening =
  | { readonly trigger: ReactNode; readonly open?: never; readonly onOpenChange?: never }
  | { readonly trigger?: never; readonly open: boolean; onOpenChange(open: boolean): void };

/** A dialog over the page with its title and a way to close it. The focus goes back to where it was. */
export function PageDialog({
  title,
  className = '',
  opening,
  children,
}: {
  readonly title: string;
  readonly className?: string;
  readonly opening: Opening;
  readonly children: ReactNode;
}) {
  const before = useRef<Element>(null);
  const { trigger, ...root } = opening;
  return (
    <Dialog.Root {...root}>
      {trigger !== undefined && <Dialog.Trigger asChild>{trigger}</Dialog.Trigger>}
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content
          className={`dialog ${className}`}
          aria-describedby={undefined}
          onOpenAutoFocus={() => {
            before.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (before.current instanceof HTMLElement) before.current.focus();
          }}
        >
          <div className="dialog-head">
            <Dialog.Title asChild>
              <h2>{title}</h2>
            </Dialog.Title>
            <Dialog.Close className="button button-quiet button-small" aria-label="Close">
              <X aria-hidden />
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
