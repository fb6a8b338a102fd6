import type { KeyboardEvent } from 'react';

/** Arrow keys, Home and End move the focus along the borders of a strip; the tab key then returns to the last one. */
export function moveAlong(event: KeyboardEvent<HTMLButtonElement>, strip: HTMLElement | null): void {
  const buttons = [...(strip?.querySelectorAll<HTMLButtonElement>('.border-button') ?? [])];
  const here = buttons.indexOf(event.currentTarget);
  const targets: Record<string, number> = {
    ArrowLeft: here - 1,
    ArrowRight: here + 1,
    Home: 0,
    End: buttons.length - 1,
  };
  const target = buttons[targets[event.key] ?? -1];
  if (target === undefined) return;
  event.preventDefault();
  for (const button of buttons) button.tabIndex = button === target ? 0 : -1;
  target.focus();
}
