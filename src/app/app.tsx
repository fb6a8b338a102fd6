import { Tooltip } from 'radix-ui';
import { useCallback, useState } from 'react';
import { ChartPanel } from './charts/chart-panel.tsx';
import { ControlPanel } from './controls/control-panel.tsx';
import { DataPanel } from './data/data-panel.tsx';
import { DropTarget } from './data/drop-target.tsx';
import { ExecutorPanel } from './executor/executor-panel.tsx';
import { FilesNote } from './files-note.tsx';
import { Header } from './header/header.tsx';
import { KeysDialog } from './header/keys-dialog.tsx';
import { ThemeContext, useThemeState } from './look/theme.ts';
import { MemoryPanel } from './memory/memory-panel.tsx';
import { NetworkStrip } from './strip/network-strip.tsx';
import { Transport } from './transport/transport.tsx';
import { useShortcuts } from './transport/use-shortcuts.ts';
import './app.css';

/** The page: header, transport, the network strip, and under it controls, charts, memory, data and executor. */
export function App() {
  const theme = useThemeState();
  const [keysShown, setKeysShown] = useState(false);
  const [keysOn, setKeysOn] = useState(true);
  const showKeys = useCallback(() => setKeysShown(true), []);
  useShortcuts(keysOn, showKeys);
  return (
    <ThemeContext value={theme}>
      <Tooltip.Provider delayDuration={500} skipDelayDuration={150}>
        <Header onShowKeys={showKeys} />
        <Transport />
        <FilesNote />
        <main className="page">
          <NetworkStrip />
          <ControlPanel />
          <div className="middle">
            <ChartPanel />
            <DataPanel />
          </div>
          <div className="side">
            <MemoryPanel />
            <ExecutorPanel />
          </div>
        </main>
        <DropTarget />
        <KeysDialog open={keysShown} on={keysOn} onOpenChange={setKeysShown} onSwitch={setKeysOn} />
      </Tooltip.Provider>
    </ThemeContext>
  );
}
