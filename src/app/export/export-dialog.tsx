import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { ExportForm } from './export-form.tsx';

/** Chooses what to export a run as, and hands it to the browser's downloads. Opened by its trigger, or from outside. */
export function ExportDialog({
  title,
  trigger,
  other,
  open,
  onOpenChange,
}: {
  readonly title: string;
  readonly trigger?: ReactNode;
  /** Left out: the live run. */
  readonly other?: { readonly id: string; readonly file: string };
  readonly open?: boolean;
  onOpenChange?(open: boolean): void;
}) {
  return (
    <Dialog.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger !== undefined && <Dialog.Trigger asChild>{trigger}</Dialog.Trigger>}
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content className="dialog export" aria-describedby={undefined}>
          <div className="dialog-head">
            <Dialog.Title asChild>
              <h2>{title}</h2>
            </Dialog.Title>
            <Dialog.Close className="button button-quiet button-small" aria-label="Close">
              <X aria-hidden />
            </Dialog.Close>
          </div>
          <ExportForm {...(other === undefined ? {} : { other })} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
