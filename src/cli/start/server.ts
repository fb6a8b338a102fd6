import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, createLogger, createServer, type InlineConfig, preview, type ViteDevServer } from 'vite';
import { fail, ok, type Result } from '../../base/result.ts';
import { repository } from '../node-script.ts';
import { listServedFiles, servedData } from './served-data.ts';

export interface StartOptions {
  /** The next free port is taken where this one is in use. */
  readonly port: number;
  /** Folder whose files the page may load; left out: none. */
  readonly data: string | undefined;
  /** Serves the modules as they are and again whenever they change, in place of the page as it is published. */
  readonly development: boolean;
  /** Told what the server says while it runs. */
  readonly note: (text: string) => void;
}

export interface RunningServer {
  readonly address: string;
  close(): Promise<void>;
}

/** Where the page is built to that `npm start` serves. */
const siteFolder = join(repository, 'out', 'site');

/** Builds the page and serves it, or, for development, its modules. Errors: the data folder, a build that fails. */
export async function startServer({ port, data, development, note }: StartOptions): Promise<Result<RunningServer>> {
  if (data !== undefined) {
    const files = listServedFiles(data);
    if (!files.ok) return files;
    note(`Serving ${files.value.length} files of ${data} to the page.`);
  }
  const options: InlineConfig = {
    root: repository,
    define: { __SERVED_DATA__: String(data !== undefined), __KEPT_OFFLINE__: 'false' },
    customLogger: quietLogger(note),
    clearScreen: false,
    plugins: data === undefined ? [] : [servedData(data)],
  };
  try {
    const server = await (development ? serveModules(options, port) : servePage(options, port));
    const address = server.resolvedUrls?.local[0];
    if (address === undefined) return fail('The server did not start: it has no address.');
    return ok({ address, close: () => server.close() });
  } catch (error) {
    return fail(`The server did not start: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function servePage(options: InlineConfig, port: number) {
  const folder = { outDir: siteFolder, emptyOutDir: true };
  const { customLogger: _quiet, ...silent } = options;
  await build({ ...silent, logLevel: 'warn', build: folder });
  return preview({ ...options, build: folder, preview: { port, strictPort: false, open: false } });
}

async function serveModules(options: InlineConfig, port: number) {
  const server = await createServer({ ...options, server: { port, strictPort: false, open: false } });
  try {
    await server.listen();
    await prepare(server);
    return server;
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** Transforms the scripts of page and workers with all they import, dependencies included, as a browser's requests would. */
async function prepare({ config, environments: { client } }: ViteDevServer): Promise<void> {
  const seen = new Set<string>();
  const visit = async (url: string): Promise<void> => {
    if (seen.has(url)) return;
    seen.add(url);
    // What is wrong with a module is shown in the page.
    await client.transformRequest(url).catch(() => undefined);
    const module = await client.moduleGraph.getModuleByUrl(url);
    await Promise.all([...(module?.importedModules ?? [])].map((imported) => visit(imported.url)));
  };
  const workers = readdirSync(join(config.root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.worker.ts'))
    .map((path) => `/src/${path.replaceAll('\\', '/')}`);
  await Promise.all(['/src/app/main.tsx', ...workers].map(visit));
}

/** Vite's messages as notes; standard output is for the address. */
function quietLogger(note: (text: string) => void) {
  const logger = createLogger('info');
  const log = (text: string) => note(text);
  return { ...logger, info: log, warn: log, warnOnce: log, error: log };
}
