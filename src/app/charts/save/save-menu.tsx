import { Download } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

/** A button that opens a menu of kinds of files. */
export function SaveMenu({
  label,
  title,
  disabled = false,
  choices,
  children,
}: {
  readonly label: string;
  readonly title: string;
  readonly disabled?: boolean;
  readonly choices: readonly { readonly words: string; save(): void }[];
  readonly children?: ReactNode;
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button button-small" aria-label={label} title={title} disabled={disabled}>
        <Download aria-hidden />
        {children}
      </DropdownMenu.Trigger>
      {/* Not in a portal: outside of the page's regions those who jump from region to region would miss it. */}
      <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
        {choices.map(({ words, save }) => (
          <DropdownMenu.Item key={words} className="menu-item" onSelect={save}>
            {words}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
