import { expect, test } from 'vitest';
import { type Absence, createAbsenceWatch, type PageMoment } from './absence.ts';

/** What is told of moments a second apart, each with what is different in it. */
function told(moments: readonly (Partial<PageMoment> & { readonly gap?: number; readonly set?: number })[]): Absence[] {
  const watch = createAbsenceWatch();
  let now: PageMoment = { wall: 0, steady: 0, hidden: false, training: true, step: 0 };
  watch(now);
  return moments.flatMap(({ gap = 1, set = 0, ...change }) => {
    now = { ...now, wall: now.wall + 1000 * (gap + set), steady: now.steady + 1000 * gap, ...change };
    return watch(now) ?? [];
  });
}

test('a page that was hidden for long says how far the run came meanwhile', () => {
  expect(told([{ hidden: true, step: 5 }, { gap: 60, step: 9 }, { gap: 60, step: 14 }, { hidden: false }])).toEqual([
    { kind: 'hidden', seconds: 121, from: 5, to: 14 },
  ]);
  expect(told([{ hidden: true }, { gap: 20 }, { hidden: false }])).toEqual([]);
  expect(told([{ hidden: true, training: false }, { gap: 100 }, { hidden: false }])).toEqual([]);
});

test('a machine that slept, and a clock that was set, are told of once', () => {
  const night = 8 * 3600;
  // The page's own clock goes on through sleep on some systems, and not on others.
  expect(told([{ gap: night, step: 3 }, {}, {}])).toEqual([{ kind: 'leap', seconds: night, step: 3 }]);
  expect(told([{ set: night, step: 3 }, {}, {}])).toEqual([{ kind: 'leap', seconds: night + 1, step: 3 }]);
  expect(told([{ set: -3600 }, {}, {}])).toEqual([{ kind: 'leap', seconds: -3599, step: 0 }]);
  expect(told([{ training: false }, { gap: night }])).toEqual([]);
});

test('sleep while hidden is not told of twice', () => {
  expect(told([{ hidden: true }, { gap: 30_000 }, { hidden: false }])).toHaveLength(1);
});
