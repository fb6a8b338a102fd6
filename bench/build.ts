import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type InlineConfig } from 'vite';
import { repository } from '../src/cli/node-script.ts';

const common: InlineConfig = { configFile: false, logLevel: 'warn' };

/** Builds the page with its worker and every engine into a folder. */
export async function buildPage(folder: string): Promise<void> {
  await build({
    ...common,
    root: join(repository, 'bench', 'page'),
    base: './',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
  });
}

/** Builds programs for plain Node into a folder, all they need inside but packages with native parts; `programs` are paths by the name they get. */
export async function buildNode(folder: string, programs: Readonly<Record<string, string>>): Promise<void> {
  await build({
    ...common,
    root: repository,
    publicDir: false,
    // tfjs' WASM module, made for CommonJS, asks where it lies.
    define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
    ssr: { noExternal: true, external: [...outside] },
    resolve: { mainFields: ['module', 'main'] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      // All in one folder, as tfjs' WASM module looks for its files beside itself.
      rollupOptions: { input: { ...programs }, output: { chunkFileNames: '[name]-[hash].js' } },
    },
  });
  const require = createRequire(import.meta.url);
  for (const name of wasmFiles)
    copyFileSync(require.resolve(`@tensorflow/tfjs-backend-wasm/dist/${name}`), join(folder, name));
}

/** Packages with native parts, and what only finds or drives a browser. */
const outside = ['webgpu', '@napi-rs/canvas', '@playwright/test'];

const wasmFiles = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'];
