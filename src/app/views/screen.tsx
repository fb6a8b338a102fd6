import { Tabs } from 'radix-ui';
import { memo, Suspense, useMemo } from 'react';
import { FailedPart } from '../manners/failed-part.tsx';
import { Leaving, useStay } from '../parts/leaving.ts';
import type { View } from './views.ts';

/** A screen's place under the tabs. It is mounted while it is shown and a moment longer, and not drawn anew because another will be. */
export const Screen = memo(function Screen({ view, shown }: { readonly view: View; readonly shown: boolean }) {
  const { name, title, Content } = view;
  const { stays, leaving } = useStay(shown);
  const content = useMemo(() => <Content />, [Content]);
  return (
    // Mounted always and hidden here: the tab is chosen a moment before its screen is made.
    <Tabs.Content value={name} className="page" tabIndex={-1} forceMount hidden={!shown}>
      {stays && (
        <FailedPart part={`The screen ${title}`}>
          <Suspense fallback={<p className="soft">Loading</p>}>
            <Leaving value={leaving}>{content}</Leaving>
          </Suspense>
        </FailedPart>
      )}
    </Tabs.Content>
  );
});
