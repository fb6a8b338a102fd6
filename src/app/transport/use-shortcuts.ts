import { useEffect } from 'react';
import { useActions } from '../playground-context.ts';
import { shortcuts, wantsKey } from './shortcuts.ts';

/** Listens for the page's single keys while they are switched on, and for "?" always. */
export function useShortcuts(on: boolean, showList: () => void): void {
  const actions = useActions();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (!(target instanceof HTMLElement) || target.closest('[role="dialog"]') !== null) return;
      const described = {
        tagName: target.tagName,
        role: target.getAttribute('role'),
        editable: target.isContentEditable,
      };
      if (wantsKey(described, event.key)) return;
      if (event.key === '?') return showList();
      const shortcut = on ? shortcuts.find(({ key }) => key === event.key.toLowerCase()) : undefined;
      if (shortcut === undefined) return;
      event.preventDefault();
      shortcut.run(actions);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [on, showList, actions]);
}
