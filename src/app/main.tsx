import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { createLocks } from '../base/locks.ts';
import { createPlayground } from '../store/playground.ts';
import { createPlanner } from '../store/previewer.ts';
import { dataIsServed, fetchServedFiles } from '../store/served-data.ts';
import { createTrainingClient } from '../worker/client.ts';
import { App } from './app.tsx';
import { PlaygroundProvider } from './playground-context.ts';
import './look/fonts.css';
import './look/tokens.css';
import './look/base.css';
import './parts/parts.css';

const aside = createPlanner();
const playground = createPlayground({
  client: createTrainingClient(),
  ...createPlanner(),
  planAside: aside.plan,
  planLook: aside.planLook,
  locks: createLocks(),
  findServedFiles: async () => {
    if (!dataIsServed()) return [];
    const fetchJson = async (url: string): Promise<unknown> => (await fetch(url)).json();
    return fetchServedFiles(fetchJson, document.baseURI);
  },
});

// Before the first drawing: the worker prepares while the page does.
playground.actions.start(location.hash);
// A page that is closed says nothing any more: it is hidden first.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') playground.actions.keep();
});
addEventListener('hashchange', () => playground.actions.followHash(location.hash));

const root = createRoot(document.getElementById('root') as HTMLElement);
// As a transition the first drawing is done in slices, and the page answers meanwhile.
startTransition(() =>
  root.render(
    <StrictMode>
      <PlaygroundProvider value={playground}>
        <App />
      </PlaygroundProvider>
    </StrictMode>,
  ),
);
