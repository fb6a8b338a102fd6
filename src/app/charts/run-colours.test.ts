import { describe, expect, it } from 'vitest';
import { runColours, runDash } from './run-colours.ts';

const runs = Array.from({ length: 40 }, (_, index) => index);

describe('the looks of many runs', () => {
  it('are told apart by their dashes, the live one by having none', () => {
    expect(runDash(0)).toBeUndefined();
    expect(new Set(runs.map(runDash)).size).toBe(runs.length);
  });

  it('have a colour of their own where lines are of whole runs', () => {
    for (const theme of ['light', 'dark'] as const)
      expect(new Set(runs.slice(0, 12).map((index) => runColours(index, theme).strong)).size).toBe(12);
  });
});
