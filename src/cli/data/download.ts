import { createWriteStream, existsSync, statSync } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ok, type Result } from '../../base/result.ts';
import { fileReason } from '../file-errors.ts';

/** Told of the bytes of the file that are here, and of all its bytes where the server says so. */
export type OnBytes = (here: number, total: number | undefined) => void;

/** How often a connection that drops is taken up, counted anew when bytes come. */
const repetitions = 4;

export interface DownloadOptions {
  readonly onBytes: OnBytes;
  /** Milliseconds before the first repetition. */
  readonly pause?: number;
}

/**
 * Downloads to `path`, going on behind what is there of an earlier attempt where the server has ranges. Errors: not reachable, refused,
 * no room; what came so far stays.
 */
export async function download(
  url: string,
  path: string,
  { onBytes, pause = 1_000 }: DownloadOptions,
): Promise<Result<void>> {
  for (let failures = 0; ; ) {
    const before = sizeOf(path);
    const ended = await attempt(url, path, onBytes);
    if (ended.ok || !ended.error.passing) return ended;
    failures = sizeOf(path) > before ? 1 : failures + 1;
    if (failures > repetitions) return ended;
    await new Promise((resolve) => setTimeout(resolve, pause * 2 ** (failures - 1)));
  }
}

interface Failure {
  readonly message: string;
  readonly where: string;
  /** Whether asking again may help. */
  readonly passing: boolean;
}

async function attempt(url: string, path: string, onBytes: OnBytes): Promise<Result<void, Failure>> {
  const here = sizeOf(path);
  const refuse = (message: string, passing: boolean): Result<never, Failure> => ({
    ok: false,
    error: { message, where: url, passing },
  });
  let response: Response;
  try {
    response = await fetch(url, { headers: here > 0 ? { Range: `bytes=${here}-` } : {} });
  } catch (error) {
    return refuse(
      `${url} could not be reached (${causeOf(error)}). See that this machine is online; or download the file elsewhere and name it by --from FILE.`,
      !offline.has(causeOf(error)),
    );
  }
  // Nothing is left to fetch.
  if (response.status === 416 && here > 0) return ok(undefined);
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    const passing = response.status === 429 || response.status >= 500;
    return refuse(
      `${url} is not handed out (status ${response.status}). Name another address or a file by --from.`,
      passing,
    );
  }
  const first = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  const goesOn = response.status === 206 && Number(first) === here;
  let at = goesOn ? here : 0;
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  const total = Number.isFinite(length) ? at + length : undefined;
  const counting = new Transform({
    transform(piece: Buffer, _, done) {
      at += piece.length;
      onBytes(at, total);
      done(undefined, piece);
    },
  });
  try {
    const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(body, counting, createWriteStream(path, { flags: goesOn ? 'a' : 'w' }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === 'write' || (error as NodeJS.ErrnoException).syscall === 'open') {
      return refuse(`${path} cannot be written: ${fileReason(error)}.`, false);
    }
    return refuse(
      `${url} broke off (${causeOf(error)}). Run the same command again: it goes on where this ended.`,
      true,
    );
  }
  return ok(undefined);
}

/** Nobody answers at all: waiting does not help. */
const offline: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH']);

const sizeOf = (path: string): number => (existsSync(path) ? statSync(path).size : 0);

/** What fetch keeps to itself: its errors all say "fetch failed". */
function causeOf(error: unknown): string {
  const { message, cause } = error as { readonly message?: string; readonly cause?: unknown };
  const { code, message: inner } = (cause ?? {}) as { readonly code?: string; readonly message?: string };
  return code ?? inner ?? message ?? String(error);
}
