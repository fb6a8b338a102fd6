import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import type { Plugin } from 'vite';
import { ok, type Result } from '../../base/result.ts';
import { type DataFile, listDataFiles } from '../data-files.ts';

/** A file of the data folder, as `data/index.json` lists it; `url` is relative to the page. */
export interface ServedFile {
  readonly name: string;
  readonly size: number;
  readonly url: string;
}

/** All files below a folder, as the page is told of them. Errors: it is no folder or cannot be read. */
export function listServedFiles(folder: string): Result<ServedFile[]> {
  const listed = listDataFiles(folder);
  if (!listed.ok) return listed;
  return ok(listed.value.map(asServed));
}

const asServed = ({ name, size }: DataFile): ServedFile => ({
  name,
  size,
  url: `data/${name.split('/').map(encodeURIComponent).join('/')}`,
});

/** Vite's server hands out the files of a folder under `data/`, read-only, and their list as `data/index.json`. */
export const servedData = (folder: string): Plugin => ({
  name: 'hpff-served-data',
  configureServer: ({ middlewares }) => {
    middlewares.use('/data', (request, response) => answer(folder, request, response));
  },
  configurePreviewServer: ({ middlewares }) => {
    middlewares.use('/data', (request, response) => answer(folder, request, response));
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

/** By folder, as it was when the list was last asked for: a folder of images has too many files to list for each of them. */
const lastLists = new Map<string, readonly DataFile[]>();

/** Goes by the list alone, so that no address leads out of the folder. */
function replyTo(folder: string, method: string, url: string): Reply {
  if (method !== 'GET' && method !== 'HEAD') return refusal(405, 'These files can only be read.');
  const wanted = decoded(url.replace(/[?#].*$/s, '').slice(1));
  if (wanted === 'index.json' || !lastLists.has(folder)) {
    const listed = listDataFiles(folder);
    if (!listed.ok) return refusal(500, listed.error.message);
    lastLists.set(folder, listed.value);
  }
  const files = lastLists.get(folder) ?? [];
  if (wanted === 'index.json') {
    return { status: 200, type: 'application/json', body: JSON.stringify(files.map(asServed)) };
  }
  const file = files.find(({ name }) => name === wanted);
  if (file === undefined) return refusal(404, 'There is no such file in the data folder.');
  return { status: 200, type: 'application/octet-stream', body: { path: file.path, size: file.size } };
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
