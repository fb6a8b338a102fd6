import { Tabs } from 'radix-ui';
import { memo, Suspense } from 'react';
import { FailedPart } from '../manners/failed-part.tsx';
import type { View } from './views.ts';

/** A screen's place under the tabs. It is mounted while it is shown, and not drawn anew because another will be. */
export const Screen = memo(function Screen({ view, shown }: { readonly view: View; readonly shown: boolean }) {
  const { name, title, Content } = view;
  return (
    // Mounted always and hidden here: the tab is chosen a moment before its screen is made.
    <Tabs.Content value={name} className="page" tabIndex={-1} forceMount hidden={!shown}>
      {shown && (
        <FailedPart part={`The screen ${title}`}>
          <Suspense fallback={<p className="soft">Loading</p>}>
            <Content />
          </Suspense>
        </FailedPart>
      )}
    </Tabs.Content>
  );
});
