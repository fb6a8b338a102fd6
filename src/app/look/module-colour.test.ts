import { describe, expect, it } from 'vitest';
import { contrast, parseHex } from './colour-math.ts';
import { moduleColour, surfaces, type Theme } from './module-colour.ts';

const counts = [1, 2, 3, 8, 9, 15, 32, 54, 55];

describe.each<Theme>(['light', 'dark'])('module colours, %s', (theme) => {
  it.each(counts)('can be read for %i modules', (count) => {
    for (let index = 0; index < count; index++) {
      const { accent, onAccent, ink } = moduleColour(index, count, theme);
      expect(contrast(parseHex(accent), parseHex(onAccent))).toBeGreaterThanOrEqual(4.5);
      for (const surface of surfaces[theme]) {
        expect(contrast(parseHex(accent), parseHex(surface))).toBeGreaterThanOrEqual(3);
        expect(contrast(parseHex(ink), parseHex(surface))).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it.each(counts)('differ from each other for %i modules', (count) => {
    const accents = Array.from({ length: count }, (_, index) => moduleColour(index, count, theme).accent);
    expect(new Set(accents).size).toBe(count);
  });
});
