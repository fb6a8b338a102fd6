import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Addresses relative to the page, so that the build works from any folder.
  base: './',
  plugins: [react()],
  // `npm start -- --data DIR` sets it.
  define: { __SERVED_DATA__: 'false' },
  worker: { format: 'es' },
  build: { target: 'es2022' },
  // A dependency found only once the page is open would reload it. Vite looks into pages, but not into workers.
  optimizeDeps: { entries: ['index.html', 'src/**/*.worker.ts'] },
  test: { include: ['src/**/*.test.ts', 'bench/**/*.test.ts'], environment: 'node', testTimeout: 60_000 },
});
