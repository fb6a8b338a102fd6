/**
 * Sends values one after the other: while one is under way only the newest of those that follow is kept, so that a
 * slider being dragged never queues up.
 *
 * @returns a function that asks for a value to be sent
 */
export function newestInTurn<Value>(send: (value: Value) => Promise<void>): (value: Value) => void {
  let busy = false;
  let next: { readonly value: Value } | undefined;
  const work = async () => {
    busy = true;
    while (next !== undefined) {
      const { value } = next;
      next = undefined;
      await send(value);
    }
    busy = false;
  };
  return (value) => {
    next = { value };
    if (!busy) void work();
  };
}
