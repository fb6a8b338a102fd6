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

/** Lengths of the long piece of a dash: each is told from the others at a glance. */
const pieces = [7, 2, 14, 4, 22];

/** Dash of the n-th run's lines: none for the first, which is the live one; every other has its own, of a long piece and ever more dots. */
export function runDash(index: number): string | undefined {
  if (index === 0) return undefined;
  const piece = pieces[(index - 1) % pieces.length] as number;
  const dots = Math.floor((index - 1) / pieces.length);
  return `${piece} 3${' 1 3'.repeat(dots)}`;
}

/** Opacity of the n-th run's lines: the live one stands out. */
export const runShade = (index: number): number => (index === 0 ? 1 : index < 4 ? 0.85 : 0.7);
