import { Tabs } from 'radix-ui';
import { useDeferredValue } from 'react';
import type { ViewName } from '../../store/state.ts';
import { useActions, usePlayground } from '../playground-context.ts';
import { Screen } from './screen.tsx';
import { ViewTabs } from './view-tabs.tsx';
import { views } from './views.ts';

/** The tabs and the screen on show. */
export function Screens() {
  const view = usePlayground((state) => state.view);
  // The tab answers at once; its screen is made in slices, when there is time.
  const shown = useDeferredValue(view);
  const { showView } = useActions();
  return (
    // Radix knows its values as text; the tabs hold no others.
    <Tabs.Root value={view} onValueChange={(name) => showView(name as ViewName)}>
      <main>
        <ViewTabs />
        {views.map((one) => (
          <Screen key={one.name} view={one} shown={one.name === shown} />
        ))}
      </main>
    </Tabs.Root>
  );
}
