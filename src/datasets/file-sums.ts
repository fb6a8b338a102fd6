import { createMD5, createSHA256 } from 'hash-wasm';
import { type Chunks, chunksOf, streamOf } from './chunks.ts';
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

  constructor(private readonly sums: KnownSums) {}

  /** The same entry, its checksum taken as it is read. */
  watch(entry: Entry): Entry {
    return { ...entry, chunks: this.summing(entry.shown, entry.path, entry.chunks) };
  }

  /** The same file, its checksum taken as it is read. */
  watchFile(file: NamedFile): NamedFile {
    const { name, size } = file;
    return { name, size, stream: () => streamOf(this.summing(name, name, chunksOf(file.stream()))) };
  }

  /** What to tell of where the files come from. */
  notes(): string[] {
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

  private async *summing(shown: string, path: string, chunks: Chunks): AsyncGenerator<Uint8Array, void, undefined> {
    const known = this.sums[unnumbered(baseName(path)).toLowerCase()];
    const checked: Checked = { shown, known, sum: undefined };
    this.checked.push(checked);
    if (known === undefined) {
      yield* chunks;
      return;
    }
    const hasher = known.algorithm === 'MD5' ? await createMD5() : await createSHA256();
    for await (const chunk of chunks) {
      hasher.update(chunk);
      yield chunk;
    }
    checked.sum = hasher.digest('hex');
  }
}

/** Names with commas; of many the first ones and how many more. */
export const listed = (names: readonly string[], most = 6): string =>
  names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ');
