import { build, type PreviewServer, preview } from 'vite';

/** How a host hands a built page out. */
export interface Hosting {
  /** Where on the host it lies. */
  readonly base?: string;
  readonly port?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Builds the page as it is published and serves it as a plain static host does; a development server's React takes several times as long.
 *
 * @param base where on its host it lies
 */
export async function publishSite(outDir: string, base = '/'): Promise<PreviewServer> {
  await build({ logLevel: 'error', build: { outDir, emptyOutDir: true } });
  return serveSite(outDir, { base });
}

/** Serves a page that is built. */
export const serveSite = (outDir: string, { base = '/', port = 0, headers = {} }: Hosting): Promise<PreviewServer> =>
  preview({
    configFile: false,
    base,
    logLevel: 'error',
    build: { outDir },
    preview: { port, strictPort: port !== 0, host: 'localhost', headers },
  });
