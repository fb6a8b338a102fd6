import { mix, parseHex, toHex } from '../look/colour-math.ts';
import { surfaces, type Theme } from '../look/module-colour.ts';
import { sweepLook } from '../sweep/sweep-colour.ts';
import type { ShownRun } from './series/line.ts';

/** Colours of the lines of a whole run: ink for the first, which is the live one, hues of their own for those beside it. */
export function runColours(index: number, theme: Theme): ShownRun['colours'] {
  if (index === 0) return { strong: 'var(--ink)', soft: 'var(--line-strong)' };
  const { colour } = sweepLook(index - 1, theme);
  const panel = parseHex(surfaces[theme][0] as string);
  return { strong: colour, soft: toHex(mix(parseHex(colour), panel, 0.4)) };
}
