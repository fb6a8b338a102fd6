import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/**
 * What somebody chose or typed on a screen, and finds again when it comes back: it lasts as long as the page. Made once, outside of components.
 *
 * @returns a hook that is used as React's useState
 */
export function kept<Value>(initial: Value): () => readonly [Value, (value: Value) => void] {
  const store = createStore(() => ({ value: initial }));
  const set = (value: Value) => store.setState({ value });
  return () => [useStore(store, ({ value }) => value), set];
}
