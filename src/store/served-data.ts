import type { ServedFile } from '../worker/protocol.ts';

declare global {
  /** Set by Vite's `define`: whether the server that hands out the page hands out data files too. */
  const __SERVED_DATA__: boolean;
}

/** Whether to ask the page's own server for data files; false in a plain build, which then asks nobody for anything. */
export const dataIsServed = (): boolean => typeof __SERVED_DATA__ !== 'undefined' && __SERVED_DATA__;

/** The files in the server's data folder; empty where it has none or answers something else. */
export async function fetchServedFiles(
  fetchJson: (url: string) => Promise<unknown>,
  base: string,
): Promise<readonly ServedFile[]> {
  try {
    const listed = await fetchJson(new URL('data/index.json', base).href);
    if (!Array.isArray(listed)) return [];
    return listed.filter(isServedFile).map(({ name, url, size }) => ({ name, size, url: new URL(url, base).href }));
  } catch {
    return [];
  }
}

function isServedFile(entry: unknown): entry is ServedFile {
  if (typeof entry !== 'object' || entry === null) return false;
  const { name, url, size } = entry as Record<string, unknown>;
  return typeof name === 'string' && typeof url === 'string' && typeof size === 'number';
}
