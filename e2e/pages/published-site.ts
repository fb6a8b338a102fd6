import { build, type PreviewServer, preview } from 'vite';

/**
 * Builds the page as it is published and serves it as a plain static host does; a development server's React takes several times as long.
 *
 * @param base where on its host it lies
 */
export async function publishSite(outDir: string, base = '/'): Promise<PreviewServer> {
  await build({ logLevel: 'error', build: { outDir, emptyOutDir: true } });
  return preview({
    configFile: false,
    base,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, host: 'localhost' },
  });
}
