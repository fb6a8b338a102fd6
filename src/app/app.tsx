import { Tabs, Tooltip } from 'radix-ui';
import { Suspense, useCallback, useState } from 'react';
import type { ViewName } from '../store/state.ts';
import { DropTarget } from './data/drop-target.tsx';
import { FilesNote } from './files-note.tsx';
import { Header } from './header/header.tsx';
import { KeysDialog } from './header/keys-dialog.tsx';
import { ThemeContext, useThemeState } from './look/theme.ts';
import { FailedPart } from './manners/failed-part.tsx';
import { Tour } from './manners/tour.tsx';
import { TourOffer } from './manners/tour-offer.tsx';
import { NewVersionNote } from './offline/new-version-note.tsx';
import { useActions, usePlayground } from './playground-context.ts';
import { Transport } from './transport/transport.tsx';
import { useShortcuts } from './transport/use-shortcuts.ts';
import { ViewTabs } from './views/view-tabs.tsx';
import { views } from './views/views.ts';
import './app.css';

/** The page: header and transport, which every screen has, and the screen on show. */
export function App() {
  const theme = useThemeState();
  const [keysShown, setKeysShown] = useState(false);
  const [keysOn, setKeysOn] = useState(true);
  const showKeys = useCallback(() => setKeysShown(true), []);
  const [touring, setTouring] = useState(false);
  const startTour = useCallback(() => setTouring(true), []);
  const endTour = useCallback(() => setTouring(false), []);
  useShortcuts(keysOn, showKeys);
  const view = usePlayground((state) => state.view);
  const { showView } = useActions();
  return (
    <ThemeContext value={theme}>
      <Tooltip.Provider delayDuration={500} skipDelayDuration={150}>
        <Header onShowKeys={showKeys} onTour={startTour} />
        <Transport />
        <TourOffer onStart={startTour} />
        <NewVersionNote />
        <FilesNote />
        {/* Radix knows its values as text; the tabs hold no others. */}
        <Tabs.Root value={view} onValueChange={(name) => showView(name as ViewName)}>
          <main>
            <ViewTabs />
            {views.map(({ name, title, Content }) => (
              <Tabs.Content key={name} value={name} className="page" tabIndex={-1}>
                <FailedPart part={`The screen ${title}`}>
                  <Suspense fallback={<p className="soft">Loading</p>}>
                    <Content />
                  </Suspense>
                </FailedPart>
              </Tabs.Content>
            ))}
          </main>
        </Tabs.Root>
        <DropTarget />
        {touring && <Tour onEnd={endTour} />}
        <KeysDialog open={keysShown} on={keysOn} onOpenChange={setKeysShown} onSwitch={setKeysOn} />
      </Tooltip.Provider>
    </ThemeContext>
  );
}
