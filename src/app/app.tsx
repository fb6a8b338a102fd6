import { Tooltip } from 'radix-ui';
import { useCallback, useState } from 'react';
import { DropTarget } from './data/drop-target.tsx';
import { FilesNote } from './files-note.tsx';
import { Header } from './header/header.tsx';
import { KeysDialog } from './header/keys-dialog.tsx';
import { ThemeContext, useThemeState } from './look/theme.ts';
import { Tour } from './manners/tour.tsx';
import { TourOffer } from './manners/tour-offer.tsx';
import { NewVersionNote } from './offline/new-version-note.tsx';
import { Transport } from './transport/transport.tsx';
import { useShortcuts } from './transport/use-shortcuts.ts';
import { Screens } from './views/screens.tsx';
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
  return (
    <ThemeContext value={theme}>
      <Tooltip.Provider delayDuration={500} skipDelayDuration={150}>
        <Header onShowKeys={showKeys} onTour={startTour} />
        <Transport />
        <TourOffer onStart={startTour} />
        <NewVersionNote />
        <FilesNote />
        <Screens />
        <DropTarget />
        {touring && <Tour onEnd={endTour} />}
        <KeysDialog open={keysShown} on={keysOn} onOpenChange={setKeysShown} onSwitch={setKeysOn} />
      </Tooltip.Provider>
    </ThemeContext>
  );
}
