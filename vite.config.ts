import { spawnSync } from 'node:child_process';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import description from './package.json' with { type: 'json' };

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

export default defineConfig({
  // Addresses relative to the page, so that the build works from any folder.
  base: './',
  plugins: [react(), withPolicy],
  // `npm start -- --data DIR` sets it.
  define: {
    __SERVED_DATA__: 'false',
    __APP_VERSION__: JSON.stringify(description.version),
    __COMMIT__: JSON.stringify(commit()),
  },
  // What tests and tools write there would reload the page.
  server: { watch: { ignored: ['**/out/**', '**/test-results/**'] } },
  worker: { format: 'es' },
  build: { target: 'es2022' },
  // A dependency found only once the page is open would reload it. Vite looks into pages, but not into workers.
  optimizeDeps: { entries: ['index.html', 'src/**/*.worker.ts'] },
  test: { include: ['src/**/*.test.ts', 'bench/**/*.test.ts'], environment: 'node', testTimeout: 60_000 },
});
