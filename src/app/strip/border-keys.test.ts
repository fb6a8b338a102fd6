import { describe, expect, it } from 'vitest';
import { borderAction } from './border-keys.ts';
import { nearest } from './nearest.ts';

describe('borderAction', () => {
  it('moves a handle and leads along free places', () => {
    expect(borderAction('ArrowRight', 2, 9, true)).toEqual({ kind: 'move', to: 3 });
    expect(borderAction('ArrowRight', 2, 9, false)).toEqual({ kind: 'focus', to: 3 });
    expect(borderAction('ArrowDown', 2, 9, true)).toEqual({ kind: 'focus', to: 3 });
    expect(borderAction('End', 2, 9, true)).toEqual({ kind: 'focus', to: 8 });
  });

  it('stays on the strip', () => {
    expect(borderAction('ArrowLeft', 0, 9, false)).toEqual({ kind: 'focus', to: 0 });
    expect(borderAction('ArrowRight', 8, 9, true)).toEqual({ kind: 'move', to: 8 });
  });

  it('joins by Delete only where there is a cut', () => {
    expect(borderAction('Delete', 2, 9, true)).toEqual({ kind: 'toggle' });
    expect(borderAction('Delete', 2, 9, false)).toBeUndefined();
  });
});

describe('nearest', () => {
  it('finds the place under a pointer', () => {
    expect(nearest([10, 30, 50], -100)).toBe(0);
    expect(nearest([10, 30, 50], 41)).toBe(2);
    expect(nearest([], 3)).toBe(-1);
  });
});
