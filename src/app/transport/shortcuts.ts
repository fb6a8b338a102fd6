import type { PlaygroundActions } from '../../store/playground.ts';

/** A single key and what it does anywhere on the page but in a control that wants the key itself. */
export interface Shortcut {
  readonly key: string;
  /** As printed on the key. */
  readonly name: string;
  readonly words: string;
  run(actions: PlaygroundActions): void;
}

export const shortcuts: readonly Shortcut[] = [
  { key: ' ', name: 'Space', words: 'Play or pause', run: (actions) => actions.playOrPause() },
  { key: '.', name: '.', words: 'One step', run: (actions) => actions.stepOnce() },
  { key: 'e', name: 'E', words: 'To next epoch', run: (actions) => actions.playEpoch() },
  { key: 'r', name: 'R', words: 'Reset to step 0', run: (actions) => actions.reset() },
  { key: 'm', name: 'M', words: 'Measure the test part now', run: (actions) => actions.evaluate() },
];

/** Keys that work inside a part of the page, for the list. */
export const otherKeys: readonly { readonly names: readonly string[]; readonly words: string }[] = [
  { names: ['\u2191', '\u2193', 'Home', 'End'], words: 'In the network: from border to border' },
  { names: ['\u2190', '\u2192'], words: 'On a handle: move the cut by a block' },
  { names: ['Enter', 'Space'], words: 'On a border: cut or join' },
  { names: ['Del'], words: 'On a handle: join' },
  { names: ['\u2191', '\u2193'], words: 'In a number: one step up or down' },
  { names: ['Enter'], words: 'In a number: apply' },
  { names: ['Esc'], words: 'In a number: back to the value before' },
  { names: ['\u2190', '\u2192', 'Home', 'End'], words: 'In a chart: read it out, all charts at the same place' },
  { names: ['+', '\u2212', 'Esc'], words: 'In a chart: zoom in or out, see all' },
  { names: ['\u2190', '\u2192'], words: 'In the tabs: from screen to screen' },
  { names: ['Esc'], words: 'Leave the tour, a menu or a dialog' },
  { names: ['Ctrl Z'], words: 'Undo the last edit of the experiment' },
  { names: ['Ctrl Shift Z', 'Ctrl Y'], words: 'Redo it' },
  { names: ['?'], words: 'This list' },
];

/** What a key event was made on, as far as it matters here. */
export interface KeyTarget {
  readonly tagName: string;
  readonly role: string | null;
  readonly editable: boolean;
}

/** Whether the focused element has a use of its own for a key: text for all, buttons and the like for Space. */
export function wantsKey({ tagName, role, editable }: KeyTarget, key: string): boolean {
  if (editable || ['INPUT', 'SELECT', 'TEXTAREA'].includes(tagName)) return true;
  const pressed = ['BUTTON', 'SUMMARY', 'A'].includes(tagName) || role === 'slider' || role === 'switch';
  return pressed && key === ' ';
}

/** What a chord does: undo, redo, or nothing here. */
export function editOfChord({
  key,
  ctrlKey,
  metaKey,
  shiftKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): 'undo' | 'redo' | undefined {
  if (!(ctrlKey || metaKey) || altKey) return undefined;
  const letter = key.toLowerCase();
  if (letter === 'z') return shiftKey ? 'redo' : 'undo';
  return letter === 'y' && ctrlKey && !shiftKey ? 'redo' : undefined;
}

/** Whether text is being written there, which has an undo of its own. */
export const holdsText = ({ tagName, editable, type }: Omit<KeyTarget, 'role'> & { readonly type: string }): boolean =>
  editable || tagName === 'TEXTAREA' || (tagName === 'INPUT' && ['text', 'search', 'url', 'email'].includes(type));
