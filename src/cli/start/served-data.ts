import { createReadStream, readdirSync, realpathSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream';
import type { Plugin } from 'vite';
import { fail, ok, type Result } from '../../base/result.ts';
import { fileReason } from '../file-errors.ts';

/** A file of the data folder, as `data/index.json` lists it; `url` is relative to the page. */
export interface ServedFile {
  readonly name: string;
  readonly size: number;
  readonly url: string;
}

/** The files that lie directly in a folder, links out of it left out. Errors: it is no folder or cannot be read. */
export function listServedFiles(folder: string): Result<ServedFile[]> {
  try {
    const root = realpathSync(folder);
    if (!statSync(root).isDirectory()) return fail(`--data ${folder} is a file. Name the folder it is in.`, '--data');
    const files = readdirSync(root).flatMap((name) => {
      const path = realpathIfAny(join(root, name));
      if (path === undefined || dirname(path) !== root) return [];
      const status = statSync(path);
      return status.isFile() ? [{ name, size: status.size, url: `data/${encodeURIComponent(name)}` }] : [];
    });
    return ok(files);
  } catch (error) {
    return fail(
      `--data ${folder} cannot be read: ${fileReason(error)}. Name the folder with the data files.`,
      '--data',
    );
  }
}

/** Dangling links have none. */
function realpathIfAny(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** Vite's server hands out the files of a folder under `data/`, read-only, and their list as `data/index.json`. */
export const servedData = (folder: string): Plugin => ({
  name: 'hpff-served-data',
  configureServer(server) {
    server.middlewares.use('/data', (request, response) => answer(folder, request, response));
  },
});

/** What a request is answered with. */
interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string | { readonly path: string; readonly size: number };
}

/** Answers one request; `request.url` is what follows `/data`. */
export function answer(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const { method = 'GET', url = '' } = request;
  const { status, type, body } = replyTo(folder, method, url);
  const size = typeof body === 'string' ? Buffer.byteLength(body) : body.size;
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': size,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  if (method === 'HEAD' || size === 0) response.end();
  else if (typeof body === 'string') response.end(body);
  // `end` keeps to the length announced, should the file grow meanwhile.
  else pipeline(createReadStream(body.path, { end: size - 1 }), response, () => {});
}

/** Goes by the list alone, so that no address leads out of the folder. */
function replyTo(folder: string, method: string, url: string): Reply {
  if (method !== 'GET' && method !== 'HEAD') return refusal(405, 'These files can only be read.');
  const files = listServedFiles(folder);
  if (!files.ok) return refusal(500, files.error.message);
  const wanted = decoded(url.replace(/[?#].*$/s, '').slice(1));
  if (wanted === 'index.json') {
    return { status: 200, type: 'application/json', body: JSON.stringify(files.value) };
  }
  const file = files.value.find(({ name }) => name === wanted);
  if (file === undefined) return refusal(404, 'There is no such file in the data folder.');
  return { status: 200, type: 'application/octet-stream', body: { path: join(folder, file.name), size: file.size } };
}

const refusal = (status: number, message: string): Reply => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${message}\n`,
});

/** The name an address stands for; undefined where it is malformed. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
