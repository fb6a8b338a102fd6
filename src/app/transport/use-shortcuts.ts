import { useEffect } from 'react';
import { useActions } from '../playground-context.ts';
import { editOfChord, holdsText, shortcuts, wantsKey } from './shortcuts.ts';

/** Listens for the page's single keys while they are switched on, and for undo, redo and "?" always. */
export function useShortcuts(on: boolean, showList: () => void): void {
  const actions = useActions();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.defaultPrevented) return;
      if (!(target instanceof HTMLElement) || target.closest('[role="dialog"]') !== null) return;
      const described = {
        tagName: target.tagName,
        role: target.getAttribute('role'),
        editable: target.isContentEditable,
      };
      const edit = editOfChord(event);
      if (edit !== undefined) {
        if (holdsText({ ...described, type: target.getAttribute('type') ?? 'text' })) return;
        event.preventDefault();
        return actions[edit]();
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
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
