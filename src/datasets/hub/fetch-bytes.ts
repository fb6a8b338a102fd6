import { thousands } from '../thousands.ts';
import { HubError, RangesRefused } from './hub-error.ts';
import { ask, broken, type HubAccess, persevere } from './request.ts';

/** A file of the hub, as its list has it. */
export interface RemoteFile {
  readonly url: string;
  /** Path in the repository. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** Told of bytes as they arrive. */
type OnBytes = (bytes: number) => void;

/**
 * The bytes `start` to `end` (exclusive) of a file. A connection that drops is taken up where it broke off.
 * Throws RangesRefused where the server hands out the whole file only, HubError else.
 */
export async function fetchRange(
  file: RemoteFile,
  start: number,
  end: number,
  access: HubAccess,
  onBytes: OnBytes = () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(end - start);
  let have = 0;
  await persevere(
    access,
    async () => {
      const asked = await ask(file.url, file.name, { Range: `bytes=${start + have}-${end - 1}` }, access);
      checkRange(asked.response, file, start + have, asked.end);
      await collect(asked, bytes, have, file, access, (count) => {
        have += count;
        onBytes(count);
      });
    },
    () => have,
  );
  return bytes;
}

/** A whole file, from servers without ranges: a connection that drops begins anew. Throws HubError. */
export async function fetchWhole(
  file: RemoteFile,
  access: HubAccess,
  onBytes: OnBytes = () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(file.size);
  let most = 0;
  await persevere(
    access,
    async () => {
      const asked = await ask(file.url, file.name, {}, access);
      let have = 0;
      await collect(asked, bytes, 0, file, access, (count) => {
        have += count;
        if (have <= most) return;
        onBytes(have - most);
        most = have;
      });
    },
    () => most,
  );
  return bytes;
}

/** Whether what comes is the range that was asked for, as far as the server's headers may be read here. */
function checkRange(response: Response, file: RemoteFile, start: number, end: () => void): void {
  let problem: HubError | undefined;
  if (response.status !== 206) {
    problem = new RangesRefused({
      message: `The hub hands out ${file.name} only as a whole. Load the whole file, or give your own copy of it.`,
      where: file.name,
    });
  } else {
    const [, first, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '') ?? [];
    if (first !== undefined && (Number(first) !== start || Number(total) !== file.size)) {
      problem = wrongLength(file, `${thousands(Number(total))} bytes`, false);
    }
  }
  if (problem === undefined) return;
  end();
  throw problem;
}

/** Reads a body into the rest of `bytes`, exactly. */
async function collect(
  { response, alive, end }: Awaited<ReturnType<typeof ask>>,
  bytes: Uint8Array,
  from: number,
  file: RemoteFile,
  access: HubAccess,
  onBytes: OnBytes,
): Promise<void> {
  let at = from;
  try {
    const reader = response.body?.getReader();
    for (;;) {
      const { done = true, value } = (await reader?.read()) ?? {};
      if (done || value === undefined) break;
      alive();
      if (at + value.length > bytes.length) throw wrongLength(file, 'more bytes than it should', false);
      bytes.set(value, at);
      at += value.length;
      onBytes(value.length);
    }
  } catch (error) {
    throw broken(file.name, error, access);
  } finally {
    end();
  }
  if (at < bytes.length) throw wrongLength(file, 'fewer bytes than it should', true);
}

const wrongLength = (file: RemoteFile, has: string, passing: boolean): HubError =>
  new HubError(
    {
      message: `${file.name} came with ${has}; the hub's list says ${thousands(file.size)} bytes. Load it again later, or give your own copy of it.`,
      where: file.name,
    },
    passing,
  );
