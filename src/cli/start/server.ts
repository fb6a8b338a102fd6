import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, createServer, type Plugin, type ViteDevServer } from 'vite';
import { fail, ok, type Result } from '../../base/result.ts';
import { repository } from '../node-script.ts';
import { listServedFiles, servedData } from './served-data.ts';

export interface StartOptions {
  /** The next free port is taken where this one is in use. */
  readonly port: number;
  /** Folder whose files the page may load; left out: none. */
  readonly data: string | undefined;
  /** Told what the server says while it runs. */
  readonly note: (text: string) => void;
}

export interface RunningServer {
  readonly address: string;
  close(): Promise<void>;
}

/** Starts the development server and prepares all modules, so that the first page load is quick. Errors: the data folder. */
export async function startServer({ port, data, note }: StartOptions): Promise<Result<RunningServer>> {
  if (data !== undefined) {
    const files = listServedFiles(data);
    if (!files.ok) return files;
    note(`Serving ${files.value.length} files of ${data} to the page.`);
  }
  const plugins: Plugin[] = data === undefined ? [] : [servedData(data)];
  let server: ViteDevServer | undefined;
  try {
    server = await createServer({
      root: repository,
      server: { port, strictPort: false, open: false },
      define: { __SERVED_DATA__: String(data !== undefined) },
      customLogger: quietLogger(note),
      clearScreen: false,
      plugins,
    });
    await server.listen();
    await prepare(server);
  } catch (error) {
    await server?.close();
    return fail(`The server did not start: ${error instanceof Error ? error.message : String(error)}`);
  }
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) return fail('The server did not start: it has no address.');
  const running = server;
  return ok({ address, close: () => running.close() });
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
