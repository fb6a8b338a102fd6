import { Film } from 'lucide-react';
import { useActions, usePlayground } from '../playground-context.ts';

/** Opens the walk through one training step under the strip. */
export function SlowMotionButton() {
  const shown = usePlayground((state) => state.walk !== undefined);
  const { showWalk } = useActions();
  return (
    <button
      type="button"
      className="button button-small"
      aria-pressed={shown}
      title="Walks through one training step of what the controls show: what goes forward, what comes back over which border, what is held and freed. Nothing runs."
      onClick={() => showWalk(!shown)}
    >
      <Film aria-hidden /> Slow motion
    </button>
  );
}
