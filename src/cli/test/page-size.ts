import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Most bytes of JavaScript, gzipped, that the page may need before it shows; worker and charts load after it. */
export const pageBudget = 250_000;

/** Addresses of the scripts a built page names: those it runs, and those its modules import at once. */
export function initialScripts(html: string): string[] {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  return tags.flatMap((tag) => {
    const address = /\b(?:src|href)="([^"]+\.js)"/.exec(tag)?.[1];
    const loads = tag.startsWith('<script') || /\brel="modulepreload"/.test(tag);
    return address !== undefined && loads ? [address] : [];
  });
}

/** Gzipped bytes of a built page's initial JavaScript. */
export function initialBytes(folder: string): number {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  return initialScripts(html).reduce((sum, address) => sum + gzipSync(readFileSync(join(folder, address))).length, 0);
}
