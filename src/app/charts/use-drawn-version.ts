import type { RefObject } from 'react';
import { usePlayground } from '../playground-context.ts';
import { useDrawnInTurn } from './use-drawn-in-turn.ts';

/**
 * Version of the history a figure should show: follows the store's, in turn with the other figures, while on screen.
 * Undefined until its first turn: the frame can stand before the chart does.
 */
export const useDrawnVersion = (figure: RefObject<HTMLElement | null>): number | undefined =>
  useDrawnInTurn(
    figure,
    usePlayground((state) => state.historyVersion),
  );
