import { clientsClaim } from 'workbox-core';
import { addPlugins, cleanupOutdatedCaches, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';
import { takeOver } from './take-over.ts';

declare const self: ServiceWorkerGlobalScope;
/** Every file of the site; set when it is built (src/cli/site/kept-offline.ts). */
declare const __SITE_FILES__: PrecacheEntry[];

// Browsers refuse an isolated page a worker whose script lacks this header, and a script may have been kept from before its host sent it.
// In other pages it changes nothing: workers here load nothing from elsewhere but by CORS.
const embedderPolicy = 'Cross-Origin-Embedder-Policy';
addPlugins([
  {
    async cachedResponseWillBeUsed({ event, cachedResponse }) {
      const forWorker = event instanceof FetchEvent && event.request.destination === 'worker';
      if (!forWorker || cachedResponse === undefined || cachedResponse.headers.has(embedderPolicy))
        return cachedResponse;
      const headers = new Headers(cachedResponse.headers);
      headers.set(embedderPolicy, 'require-corp');
      return new Response(cachedResponse.body, { headers });
    },
  },
]);

/** Keeps the whole site when it is first opened, and answers for its files from then on: one version at a time, network or not. */
precacheAndRoute(__SITE_FILES__, { ignoreURLParametersMatching: [/./], cleanURLs: false });
cleanupOutdatedCaches();
clientsClaim();

// Without being asked a newer version waits until no page of this one is open.
self.addEventListener('message', (event) => {
  if (event.data !== takeOver) return;
  const answer = async () => event.ports[0]?.postMessage(await takeOverAlone());
  event.waitUntil(answer());
});

/** Comes into force, unless more than the page that asks is open: one that trains must not find its files exchanged under it. */
async function takeOverAlone(): Promise<boolean> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const pages = windows.filter(({ url }) => url.startsWith(self.registration.scope));
  if (pages.length > 1) return false;
  await self.skipWaiting();
  return true;
}
