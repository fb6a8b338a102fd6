import { useState } from 'react';

/**
 * The value given before, as long as a new one is alike: what depends on it is not made anew.
 *
 * @param alike the same question each time
 */
export function useSettled<Value>(value: Value, alike: (one: Value, other: Value) => boolean): Value {
  const [settled, setSettled] = useState(value);
  if (settled === value || alike(settled, value)) return settled;
  setSettled(value);
  return value;
}
