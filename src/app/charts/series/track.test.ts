import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Average } from './average.ts';
import { Track } from './track.ts';

const column = fc.float64Array({ minLength: 1, maxLength: 700, min: -1e6, max: 1e6 });

/** Lowest and highest of some numbers, by looking at each. */
const plain = (numbers: Float64Array) => {
  const finite = [...numbers].filter((value) => !Number.isNaN(value));
  return finite.length === 0 ? undefined : [Math.min(...finite), Math.max(...finite)];
};

describe('a track', () => {
  it('knows the extremes of every bucket, however the column grew and wherever it has gaps', () => {
    fc.assert(
      fc.property(
        column,
        fc.constantFrom(0, 0.5, 0.9),
        fc.nat(700),
        fc.nat(10),
        fc.nat(11),
        (values, weight, cut, place, power) => {
          const average = new Average(weight);
          const smoothed = values.map((value) => average.add(value));
          const track = new Track(weight);
          track.extend(values.subarray(0, Math.min(cut, values.length)));
          track.extend(values);
          const size = 2 ** power;
          const first = place * size;
          if (first >= values.length) return;
          const found = track.bucket(values, first, size);
          expect(found && [found.low, found.high]).toEqual(plain(smoothed.subarray(first, first + size)));
        },
      ),
    );
  });

  it('says which extreme came first, and what stands at a place', () => {
    const values = Float64Array.from({ length: 1000 }, (_, index) => (index === 700 ? 9 : index === 900 ? -9 : 0));
    const track = new Track(0);
    track.extend(values);
    expect(track.bucket(values, 512, 512)).toEqual({ low: -9, high: 9, lowFirst: false });
    expect(track.bucket(values, 0, 1024)).toEqual({ low: -9, high: 9, lowFirst: false });
    expect([track.at(values, 700), track.at(values, 999)]).toEqual([9, 0]);
  });

  it('follows a block that fills up', () => {
    const values = Float64Array.from({ length: 64 }, (_, index) => index);
    const track = new Track(0.5);
    track.extend(values.subarray(0, 3));
    const early = track.at(values.subarray(0, 3), 2);
    track.extend(values);
    expect(track.at(values, 2)).toBe(early);
    expect(track.at(values, 63)).toBeGreaterThan(60);
  });
});

describe('the moving average', () => {
  it('leaves a constant as it is from the first value on', () => {
    const average = new Average(0.9);
    for (let count = 0; count < 3; count++) expect(average.add(2)).toBeCloseTo(2, 12);
  });

  it('weighs the past, and passes over gaps', () => {
    const average = new Average(0.5);
    expect(average.add(0)).toBe(0);
    expect(average.add(Number.NaN)).toBeNaN();
    expect(average.add(1)).toBeCloseTo(0.5 / 0.75, 12);
  });
});
