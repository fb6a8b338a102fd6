/** What a key does in a chart that has the focus. */
export type KeyAction =
  /** To the next measurement. */
  | { readonly kind: 'step'; readonly side: 1 | -1 }
  /** By a share of what is in sight. */
  | { readonly kind: 'move'; readonly by: number }
  /** To a place of what is in sight, 0 to 1. */
  | { readonly kind: 'jump'; readonly to: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'all' };

const actions: ReadonlyMap<string, KeyAction> = new Map<string, KeyAction>([
  ['ArrowLeft', { kind: 'step', side: -1 }],
  ['ArrowDown', { kind: 'step', side: -1 }],
  ['ArrowRight', { kind: 'step', side: 1 }],
  ['ArrowUp', { kind: 'step', side: 1 }],
  ['PageDown', { kind: 'move', by: -0.1 }],
  ['PageUp', { kind: 'move', by: 0.1 }],
  ['Home', { kind: 'jump', to: 0 }],
  ['End', { kind: 'jump', to: 1 }],
  ['+', { kind: 'zoom', factor: 0.5 }],
  ['=', { kind: 'zoom', factor: 0.5 }],
  ['-', { kind: 'zoom', factor: 2 }],
  ['0', { kind: 'all' }],
  ['Escape', { kind: 'all' }],
]);

/** The action of a key as the browser names it; undefined for keys that are not the chart's. */
export const keyAction = (key: string): KeyAction | undefined => actions.get(key);
