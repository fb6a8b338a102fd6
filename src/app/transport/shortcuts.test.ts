import { describe, expect, it } from 'vitest';
import { editOfChord, holdsText, otherKeys, shortcuts, wantsKey } from './shortcuts.ts';

const target = (tagName: string, role: string | null = null) => ({ tagName, role, editable: false });

describe('wantsKey', () => {
  it('leaves every key to a text field, and Space to a button', () => {
    expect(wantsKey(target('INPUT'), '.')).toBe(true);
    expect(wantsKey(target('BUTTON'), ' ')).toBe(true);
    expect(wantsKey(target('BUTTON'), '.')).toBe(false);
    expect(wantsKey(target('SPAN', 'slider'), ' ')).toBe(true);
    expect(wantsKey(target('BODY'), ' ')).toBe(false);
  });
});

it('gives each key one meaning', () => {
  const keys = shortcuts.map((shortcut) => shortcut.key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(otherKeys.flatMap((other) => other.names)).not.toContain('.');
});

const chord = (key: string, keys: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', true>>) =>
  editOfChord({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...keys });

it('knows the chords of undo and redo, and leaves them to text', () => {
  expect(chord('z', { ctrlKey: true })).toBe('undo');
  expect(chord('Z', { metaKey: true, shiftKey: true })).toBe('redo');
  expect(chord('y', { ctrlKey: true })).toBe('redo');
  expect(chord('z', {})).toBeUndefined();
  expect(chord('z', { ctrlKey: true, altKey: true })).toBeUndefined();
  expect(holdsText({ tagName: 'INPUT', editable: false, type: 'text' })).toBe(true);
  expect(holdsText({ tagName: 'INPUT', editable: false, type: 'range' })).toBe(false);
});
