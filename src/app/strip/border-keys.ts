/** What a key pressed on a border asks for. */
export type BorderAction =
  | { readonly kind: 'toggle' }
  | { readonly kind: 'move'; readonly to: number }
  | { readonly kind: 'focus'; readonly to: number };

/**
 * Keys on the borders of the strip. On a handle the left and right arrows move the cut by a block and Delete joins; on a free place they
 * lead on, and Enter cuts. Up, down, Home and End lead from border to border, over handles too.
 *
 * @param index place of the border, of `count`
 */
export function borderAction(key: string, index: number, count: number, cut: boolean): BorderAction | undefined {
  const within = (to: number) => Math.max(0, Math.min(count - 1, to));
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight': {
      const to = within(index + (key === 'ArrowLeft' ? -1 : 1));
      return { kind: cut ? 'move' : 'focus', to };
    }
    case 'ArrowUp':
      return { kind: 'focus', to: within(index - 1) };
    case 'ArrowDown':
      return { kind: 'focus', to: within(index + 1) };
    case 'Home':
      return { kind: 'focus', to: 0 };
    case 'End':
      return { kind: 'focus', to: count - 1 };
    case 'Delete':
    case 'Backspace':
      return cut ? { kind: 'toggle' } : undefined;
    default:
      return undefined;
  }
}
