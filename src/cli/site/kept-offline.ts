import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { build, type Plugin } from 'vite';
import { repository } from '../node-script.ts';

/** A file of the site, as the service worker keeps it: the revision says whether its contents changed. */
export interface SiteFile {
  /** Relative to the page. */
  readonly url: string;
  /** `null` where the name itself changes with the contents. */
  readonly revision: string | null;
}

const serviceWorker = 'sw.js';
const manifestName = 'manifest.webmanifest';
/** What Vite puts there carries a checksum in its name. */
const named = /^assets\//;

/**
 * The built page can be installed, and is kept in the browser with all its files: once it was opened it needs no network.
 *
 * @param manifest the web app manifest; its addresses are relative to the page
 */
export function keptOffline(manifest: object): Plugin {
  let folder = '';
  return {
    name: 'kept-offline',
    apply: 'build',
    configResolved({ root, build: { outDir } }) {
      folder = resolve(root, outDir);
    },
    transformIndexHtml: () => [{ tag: 'link', attrs: { rel: 'manifest', href: `./${manifestName}` } }],
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: manifestName, source: `${JSON.stringify(manifest, undefined, 2)}\n` });
    },
    writeBundle: () => buildServiceWorker(folder),
  };
}

/** All files of a built site but its service worker, in an order that does not depend on the machine. */
export function siteFiles(folder: string): SiteFile[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name));
  const urls = paths.map((path) => path.slice(folder.length + 1).replaceAll(sep, '/')).sort();
  return urls
    .filter((url) => url !== serviceWorker)
    .map((url) => ({ url, revision: named.test(url) ? null : checksum(join(folder, url)) }));
}

const checksum = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);

async function buildServiceWorker(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: repository,
    publicDir: false,
    logLevel: 'error',
    define: {
      __SITE_FILES__: JSON.stringify(siteFiles(folder)),
      'process.env.NODE_ENV': JSON.stringify('production'),
    },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2022',
      rollupOptions: {
        input: join(repository, 'src', 'app', 'offline', 'service-worker.ts'),
        output: { format: 'iife', entryFileNames: serviceWorker },
      },
    },
  });
}
