import { createMD5, createSHA256 } from 'hash-wasm';
import type { Chunks } from './chunks.ts';

/** A checksum that is known of an official file, hex. */
export interface KnownSum {
  readonly algorithm: 'MD5' | 'SHA-256';
  readonly sum: string;
}

/** What was found of a file that has an official checksum. */
export interface CheckedFile {
  /** For people. */
  readonly shown: string;
  readonly known: KnownSum;
  readonly sum: string;
}

/** Passes chunks on and, once all were read, tells their checksum. */
export async function* summing(
  chunks: Chunks,
  { algorithm }: KnownSum,
  onSum: (sum: string) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hasher = algorithm === 'MD5' ? await createMD5() : await createSHA256();
  for await (const chunk of chunks) {
    hasher.update(chunk);
    yield chunk;
  }
  onSum(hasher.digest('hex'));
}

/** What to tell of where files come from; nothing where none of them has an official checksum. */
export function originNotes(files: readonly CheckedFile[]): string[] {
  if (files.length === 0) return [];
  const strangers = files.filter(({ known, sum }) => sum !== known.sum);
  const algorithms = [...new Set(files.map(({ known }) => known.algorithm))].join(' and ');
  if (strangers.length === 0) return [`These are the official files (${algorithms} compared).`];
  const list = strangers
    .map(({ shown, known, sum }) => `${shown} (${known.algorithm} ${sum.slice(0, 16)}...)`)
    .join(', ');
  return [`Not the official ${strangers.length === 1 ? 'file' : 'files'}: ${list}. Loaded all the same.`];
}
