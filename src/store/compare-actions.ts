import type { Shared } from './shared.ts';

export interface CompareActions {
  /** Takes a run onto the charts beside the live one, or off them. */
  compare(id: string, on: boolean): void;
}

/** Which runs stand beside the live one on the charts. */
export const createCompareActions = ({ get, set }: Shared): CompareActions => ({
  compare(id, on) {
    const others = get().compared.filter((other) => other !== id);
    set({ compared: on ? [...others, id] : others });
  },
});
