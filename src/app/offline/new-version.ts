import { takeOver } from './take-over.ts';

declare const __KEPT_OFFLINE__: boolean;

/** Makes a version that waits the one in force, and reloads the page; false, and nothing happens, while another page of it is open. */
export type TakeVersion = () => Promise<boolean>;

/**
 * Keeps the published page for use without a network, and watches for a newer one, which waits until every page of this one is closed.
 *
 * @param ready told when a newer version waits
 */
export async function watchVersion(ready: (take: TakeVersion) => void): Promise<void> {
  const serviceWorkers: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  // Browsers have none on pages that are neither https nor localhost, and some not in private windows: the page then needs its host.
  if (!import.meta.env.PROD || !__KEPT_OFFLINE__ || serviceWorkers === undefined) return;
  const { messageSW, Workbox } = await import('workbox-window');
  // Its folder is all it may answer for: the site may lie anywhere on its host.
  const workbox = new Workbox('./sw.js');
  let wanted = false;
  workbox.addEventListener('controlling', () => {
    if (wanted) location.reload();
  });
  workbox.addEventListener('waiting', ({ sw }) => {
    if (sw === undefined) return;
    ready(async () => {
      wanted = true;
      wanted = (await messageSW(sw, takeOver)) === true;
      return wanted;
    });
  });
  await workbox.register();
}
