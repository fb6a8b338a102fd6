import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseGroups } from './group-choice.ts';

const mixed = Array.from({ length: 50 }, () => ({ rows: 100, labels: [0, 9] as const }));
const sorted = Array.from({ length: 50 }, (_, index) => {
  const label = Math.floor(index / 5);
  return { rows: 100, labels: [label, label] as const };
});

test('of a shuffled set, as few groups as hold the subset', () => {
  expect(chooseGroups(mixed, 1, 1)).toHaveLength(1);
  expect(chooseGroups(mixed, 250, 1)).toHaveLength(3);
  expect(chooseGroups(mixed, 'all', 1)).toHaveLength(50);
});

test('of a set sorted by class, groups of every class', () => {
  const chosen = chooseGroups(sorted, 1_000, 1);
  expect(chosen).toHaveLength(10);
  expect(new Set(chosen.map((index) => sorted[index]?.labels[0])).size).toBe(10);
});

test('another seed takes other groups, the same seed the same', () => {
  expect(chooseGroups(mixed, 500, 1)).toEqual(chooseGroups(mixed, 500, 1));
  expect(chooseGroups(mixed, 500, 1)).not.toEqual(chooseGroups(mixed, 500, 2));
});

test('always enough rows, ascending, each group once', () => {
  const group = fc.record({
    rows: fc.integer({ min: 0, max: 50 }),
    labels: fc.option(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 3, max: 5 })), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(group, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 500 }), (groups, size) => {
      const chosen = chooseGroups(groups, size, 7);
      const rows = (indices: number[]) => indices.reduce((sum, index) => sum + (groups[index]?.rows ?? 0), 0);
      const all = rows(groups.map((_, index) => index));
      expect(rows(chosen)).toBeGreaterThanOrEqual(Math.min(size, all));
      expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b));
    }),
  );
});
