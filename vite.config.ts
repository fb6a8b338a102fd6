import { spawnSync } from 'node:child_process';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import description from './package.json' with { type: 'json' };
import { crossOriginIsolation } from './src/cli/site/cross-origin-isolation.ts';
import { keptOffline } from './src/cli/site/kept-offline.ts';

/** The commit this is built from; empty outside of a repository. */
function commit(): string {
  const { stdout } = spawnSync('git', ['rev-parse', '--short=12', 'HEAD'], { encoding: 'utf8' });
  return (stdout ?? '').trim();
}

/**
 * What the published page may load and run; a static host sends no headers of its own. WASM is compiled, nothing else is evaluated; React and
 * Radix set styles. Only what the user asks for goes to another origin.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "connect-src 'self' https:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Puts the policy into the built page, before anything it governs. The development server needs inline scripts. */
const withPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
      injectTo: 'head-prepend',
    },
  ],
};

/** The page as an installed program. Colours are those of the light theme; index.html names both for the browser's bars. */
const manifest = {
  id: './',
  start_url: './',
  scope: './',
  name: 'HPFF Playground',
  short_name: 'HPFF',
  description: description.description,
  lang: 'en',
  display: 'standalone',
  theme_color: '#f6f7f8',
  background_color: '#f6f7f8',
  icons: [
    { src: 'favicon.svg', type: 'image/svg+xml', sizes: 'any' },
    { src: 'icon-192.png', type: 'image/png', sizes: '192x192' },
    { src: 'icon-512.png', type: 'image/png', sizes: '512x512' },
    { src: 'icon-maskable-512.png', type: 'image/png', sizes: '512x512', purpose: 'maskable' },
  ],
};

export default defineConfig({
  // Addresses relative to the page, so that the build works from any folder.
  base: './',
  plugins: [react(), withPolicy, keptOffline(manifest)],
  // `npm start` sets both: it hands out files by `--data DIR`, and a page kept from an earlier start would not know of them.
  define: {
    __SERVED_DATA__: 'false',
    __KEPT_OFFLINE__: 'true',
    __APP_VERSION__: JSON.stringify(description.version),
    __COMMIT__: JSON.stringify(commit()),
  },
  // What tests and tools write there would reload the page.
  server: { watch: { ignored: ['**/out/**', '**/test-results/**'] }, headers: crossOriginIsolation },
  preview: { headers: crossOriginIsolation },
  worker: { format: 'es' },
  build: { target: 'es2022' },
  // A dependency found only once the page is open would reload it. Vite looks into pages, but not into workers.
  optimizeDeps: { entries: ['index.html', 'src/**/*.worker.ts'] },
  test: { include: ['src/**/*.test.ts', 'bench/**/*.test.ts'], environment: 'node', testTimeout: 60_000 },
});
