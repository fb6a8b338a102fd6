import { Hammer, type LucideIcon, RotateCcw, Zap } from 'lucide-react';
import type { Effect } from '../../experiment/fields.ts';

/** What a change does to a run under way, in words and as a sign. */
export const effects: Readonly<Record<Effect, { readonly words: string; readonly icon: LucideIcon }>> = {
  now: { words: 'applies now', icon: Zap },
  rebuilds: { words: 'rebuilds, keeps weights', icon: Hammer },
  restarts: { words: 'starts a new run', icon: RotateCcw },
};
