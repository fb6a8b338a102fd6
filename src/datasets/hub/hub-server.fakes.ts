import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the files' server misbehaves; all of it can be changed while it runs. */
export interface Behaviour {
  /** Whether ranges are honoured; else the whole file comes with status 200. */
  ranges: boolean;
  /** Milliseconds between two pieces of 16 KiB. */
  delay: number;
  /** Answers that break off after so many bytes, one entry each. */
  drops: number[];
  /** Bytes by which a body is longer (or shorter, below 0) than the list says. */
  excess: number;
  /** Answered with this status instead, one entry each. */
  refusals: number[];
  /** Whether pages may read Content-Range. */
  exposed: boolean;
}

/** What the files' server was asked for. */
export interface Asked {
  readonly path: string;
  readonly range: string | undefined;
}

/** A server like the hub: a list of files, addresses that redirect to another origin, and there the files. */
export interface HubServer {
  readonly address: string;
  readonly behaviour: Behaviour;
  readonly asked: Asked[];
  /** Bytes of files sent so far. */
  sent: number;
  close(): Promise<void>;
}

const crossOrigin = { 'Access-Control-Allow-Origin': '*' };

/** Starts it. `files` are the Parquet files of repositories, by `OWNER/NAME/CONFIGURATION/SPLIT/0000.parquet`. */
export async function startHub(files: ReadonlyMap<string, Uint8Array>): Promise<HubServer> {
  const behaviour: Behaviour = { ranges: true, delay: 0, drops: [], excess: 0, refusals: [], exposed: true };
  const asked: Asked[] = [];
  const blobs = createServer((request, response) => void hand(request, response));
  const blobAddress = await listen(blobs);
  const hub = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    const [, repository = ''] = /^\/api\/datasets\/([^/]+\/[^/]+)\/tree\//.exec(path) ?? [];
    const listed = [...files].filter(([name]) => name.startsWith(`${repository}/`));
    if (repository !== '' && listed.length > 0) {
      const entries = listed.map(([name, bytes]) => ({
        type: 'file',
        oid: '0'.repeat(40),
        size: bytes.length,
        path: name.slice(repository.length + 1),
      }));
      response.writeHead(200, { ...crossOrigin, 'Content-Type': 'application/json' });
      response.end(JSON.stringify([{ type: 'directory', oid: '1'.repeat(40), size: 0, path: 'default' }, ...entries]));
      return;
    }
    const [, owner, file] = /^\/datasets\/([^/]+\/[^/]+)\/resolve\/refs\/convert\/parquet\/(.+)$/.exec(path) ?? [];
    if (owner === undefined || !files.has(`${owner}/${file}`)) {
      response.writeHead(404, crossOrigin).end('no such thing');
      return;
    }
    response.writeHead(302, {
      ...crossOrigin,
      Location: `${blobAddress}/${encodeURIComponent(`${owner}/${file}`)}?signed`,
    });
    response.end();
  });
  const server: HubServer = {
    address: await listen(hub),
    behaviour,
    asked,
    sent: 0,
    close: async () => {
      await Promise.all(
        [hub, blobs].map(
          (one) =>
            new Promise((resolve) => {
              one.closeAllConnections();
              one.close(resolve);
            }),
        ),
      );
    },
  };

  async function hand(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent((request.url ?? '').replace(/\?.*$/, '').slice(1));
    const whole = files.get(path);
    asked.push({ path, range: request.headers.range });
    const refusal = behaviour.refusals.shift();
    if (whole === undefined || refusal !== undefined) {
      response.writeHead(refusal ?? 404, crossOrigin).end();
      return;
    }
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const ranged = behaviour.ranges && first !== undefined;
    const total = whole.length + behaviour.excess;
    const start = ranged ? Number(first) : 0;
    const end = ranged ? Math.min(total, Number(last) + 1) : total;
    if (ranged && start >= total) {
      response.writeHead(416, crossOrigin).end();
      return;
    }
    response.writeHead(ranged ? 206 : 200, {
      ...crossOrigin,
      ...(behaviour.exposed ? { 'Access-Control-Expose-Headers': 'Content-Range' } : {}),
      ...(ranged ? { 'Content-Range': `bytes ${start}-${end - 1}/${total}` } : {}),
    });
    const drop = behaviour.drops.shift();
    const stop = drop === undefined ? end : Math.min(end, start + drop);
    for (let at = start; at < stop && !response.destroyed; at += 16 * 1024) {
      const piece = new Uint8Array(Math.min(16 * 1024, stop - at));
      piece.set(whole.subarray(at, at + piece.length));
      server.sent += piece.length;
      if (!response.write(piece)) await drained(response);
      if (behaviour.delay > 0) await new Promise((resolve) => setTimeout(resolve, behaviour.delay));
    }
    if (drop === undefined) response.end();
    else response.destroy();
  }
  return server;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Until more can be written, or nobody listens any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
