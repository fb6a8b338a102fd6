import { createMD5, createSHA256 } from 'hash-wasm';
import { chunksOf, streamOf } from './chunks.ts';
import type { Entry } from './entries.ts';
import { baseName, type NamedFile, unnumbered } from './named-file.ts';

/** A checksum that is known of an official file, hex. */
export interface KnownSum {
  readonly algorithm: 'MD5' | 'SHA-256';
  readonly sum: string;
}

/** Checksums of a set's official files, by their names in small letters. */
export type KnownSums = Readonly<Record<string, KnownSum>>;

interface Checked {
  /** For people. */
  readonly shown: string;
  readonly known: KnownSum | undefined;
  /** Of a file that was read to its end. */
  sum: string | undefined;
}

/** Compares files with the official ones while they are read. What is unknown is told and loaded all the same. */
export class FileChecks {
  private readonly checked: Checked[] = [];
  /** Sums that are still being computed beside this thread. */
  private readonly pending: Promise<void>[] = [];

  constructor(private readonly sums: KnownSums) {}

  /** The same entry, its checksum taken as it is read. */
  watch(entry: Entry): Entry {
    return { ...entry, chunks: this.summing(entry, entry.size) };
  }

  /** The same file, its checksum taken as it is read. */
  watchFile(file: NamedFile): NamedFile {
    const { name, size } = file;
    return {
      name,
      size,
      stream: () => streamOf(this.summing({ shown: name, path: name, chunks: chunksOf(file.stream()) }, size)),
    };
  }

  /** What to tell of where the files come from, once they were read. */
  async notes(): Promise<string[]> {
    await Promise.all(this.pending);
    const whole = this.checked.filter(({ known, sum }) => known === undefined || sum !== undefined);
    const strangers = whole.filter(({ known, sum }) => sum !== known?.sum || known === undefined);
    if (whole.length === 0) return [];
    if (strangers.length === 0) {
      const algorithms = [...new Set(whole.flatMap(({ known }) => known?.algorithm ?? []))].join(' and ');
      return [`These are the official files (${algorithms} compared).`];
    }
    const names = strangers.map(({ shown, known, sum }) =>
      known === undefined || sum === undefined
        ? `${shown} (no checksum is known of it)`
        : `${shown} (${known.algorithm} ${sum.slice(0, 16)}...)`,
    );
    return [`Not the official ${strangers.length === 1 ? 'file' : 'files'}: ${listed(names)}. Loaded all the same.`];
  }

  private async *summing(
    { shown, path, chunks }: Pick<Entry, 'shown' | 'path' | 'chunks'>,
    size: number | undefined,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const known = this.sums[unnumbered(baseName(path)).toLowerCase()];
    const checked: Checked = { shown, known, sum: undefined };
    this.checked.push(checked);
    if (known === undefined) {
      yield* chunks;
      return;
    }
    // One file at a time is gathered.
    await Promise.all(this.pending);
    const summer = await summerFor(known, size);
    for await (const chunk of chunks) {
      summer.update(chunk);
      yield chunk;
    }
    this.pending.push(
      summer.finish().then((sum) => {
        checked.sum = sum;
      }),
    );
  }
}

interface Summer {
  update(bytes: Uint8Array): void;
  /** Hex. */
  finish(): Promise<string>;
}

/** More is not gathered in memory to be summed at once. */
const mostGathered = 64 * 1024 * 1024;

/**
 * SHA-256 of a file of moderate size is left to the platform, which is several times faster and works beside this
 * thread; it has no MD5, takes no pieces, and is hidden from pages that are neither https nor localhost.
 */
async function summerFor({ algorithm }: KnownSum, size: number | undefined): Promise<Summer> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (algorithm === 'SHA-256' && subtle !== undefined && size !== undefined && size <= mostGathered) {
    return gathering(size, subtle);
  }
  const hasher = algorithm === 'MD5' ? await createMD5() : await createSHA256();
  return { update: (bytes) => hasher.update(bytes), finish: async () => hasher.digest('hex') };
}

function gathering(size: number, subtle: SubtleCrypto): Summer {
  const bytes = new Uint8Array(size);
  let length = 0;
  return {
    update(chunk) {
      bytes.set(chunk.subarray(0, size - length), length);
      length = Math.min(size, length + chunk.length);
    },
    async finish() {
      const digest = new Uint8Array(await subtle.digest('SHA-256', bytes.subarray(0, length)));
      return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
  };
}

/** Names with commas; of many the first ones and how many more. */
export const listed = (names: readonly string[], most = 6): string =>
  names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ');
