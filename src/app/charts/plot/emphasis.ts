import { createContext } from 'react';
import type { Shape } from './shapes.ts';

// Both are given beside the plot's own shapes: what a pointer changes draws no axis anew.

/** Lines that stand out in a plot, by id, the others dimmed; undefined: all are alike. */
export const Highlight = createContext<ReadonlySet<string> | undefined>(undefined);

/** What lies behind a plot's own shapes, such as rings around points. */
export const Behind = createContext<readonly Shape[]>([]);
