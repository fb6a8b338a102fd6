import { createContext } from 'react';
import type { Shape } from './shapes.ts';

// What changes more often than the axes is given beside them: it draws no axis anew.

/** What a plot shows. */
export const Shapes = createContext<readonly Shape[]>([]);

/** Lines that stand out in a plot, by id, the others dimmed; undefined: all are alike. */
export const Highlight = createContext<ReadonlySet<string> | undefined>(undefined);

/** What lies behind a plot's own shapes, such as rings around points. */
export const Behind = createContext<readonly Shape[]>([]);
