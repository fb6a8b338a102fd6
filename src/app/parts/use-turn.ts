import { useContext, useEffect, useState } from 'react';
import { Leaving } from './leaving.ts';
import { type Turn, waitAnewAt, waitForTurn } from './turns.ts';

/** Whether a turn of its own has come, for what is too much to be made in the turn of what is around it; none comes while its screen leaves. */
export function useTurn(turn: Turn): boolean {
  const [come, setCome] = useState(false);
  const leaving = useContext(Leaving);
  useEffect(() => {
    if (come) return;
    return waitAnewAt([leaving.subscribe], () =>
      leaving.getState() ? undefined : waitForTurn(turn, { since: 0, take: () => setCome(true) }),
    );
  }, [come, leaving, turn]);
  return come;
}
