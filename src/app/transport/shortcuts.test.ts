import { describe, expect, it } from 'vitest';
import { otherKeys, shortcuts, wantsKey } from './shortcuts.ts';

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
