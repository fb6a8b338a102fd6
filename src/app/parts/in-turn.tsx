import { Children, type ReactNode, startTransition, useEffect, useState } from 'react';

/** Mounts its children one after the other, so that no task is as long as a whole screen is large. */
export function InTurn({ children }: { readonly children: ReactNode }) {
  const parts = Children.toArray(children);
  const [mounted, setMounted] = useState(1);
  useEffect(() => {
    if (mounted < parts.length) startTransition(() => setMounted(mounted + 1));
  }, [mounted, parts.length]);
  return parts.slice(0, mounted);
}
