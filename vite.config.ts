import { spawnSync } from 'node:child_process';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import description from './package.json' with { type: 'json' };

/** The commit this is built from; empty outside of a repository. */
function commit(): string {
  const { stdout } = spawnSync('git', ['rev-parse', '--short=12', 'HEAD'], { encoding: 'utf8' });
  return (stdout ?? '').trim();
}

export default defineConfig({
  // Addresses relative to the page, so that the build works from any folder.
  base: './',
  plugins: [react()],
  // `npm start -- --data DIR` sets it.
  define: {
    __SERVED_DATA__: 'false',
    __APP_VERSION__: JSON.stringify(description.version),
    __COMMIT__: JSON.stringify(commit()),
  },
  worker: { format: 'es' },
  build: { target: 'es2022' },
  // A dependency found only once the page is open would reload it. Vite looks into pages, but not into workers.
  optimizeDeps: { entries: ['index.html', 'src/**/*.worker.ts'] },
  test: { include: ['src/**/*.test.ts', 'bench/**/*.test.ts'], environment: 'node', testTimeout: 60_000 },
});
