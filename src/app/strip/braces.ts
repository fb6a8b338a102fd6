import type { StripModule } from './strip-layout.ts';
import type { TermWords } from './term-words.ts';

/** A loss that reaches over module borders, drawn under the modules it reaches. */
export interface Brace {
  readonly term: TermWords;
  readonly start: number;
  readonly end: number;
  /** Row among the braces, from 0; braces of one lane do not overlap. */
  readonly lane: number;
}

/** Lays the losses that reach over borders into as few lanes as they need. */
export function layOutBraces(modules: readonly StripModule[]): Brace[] {
  const ends: number[] = [];
  const braces: Brace[] = [];
  for (const module of modules) {
    for (const term of module.terms) {
      if (term.from === term.to) continue;
      const start = modules[term.from]?.start ?? 1;
      const free = ends.findIndex((end) => end <= start);
      const lane = free === -1 ? ends.length : free;
      ends[lane] = module.end;
      braces.push({ term, start, end: module.end, lane });
    }
  }
  return braces;
}
