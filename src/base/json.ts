import { fail, ok, type Result } from './result.ts';

/** What JSON from across a border may be. */
export interface JsonBounds {
  /** Bytes, or characters of a text. */
  readonly length: number;
}

/** Lists and objects inside one another that are taken; nothing of the playground's has ten. */
const mostLevels = 100;

/**
 * Parses JSON from across a border: a file, a link, storage. Takes time in proportion to its length, and what comes of it is never so deep
 * that walking it could end the stack. Errors say, without naming whence it came, what is wrong: "is not JSON".
 *
 * @param input text, or its bytes as UTF-8
 */
export function parseJson(input: string | Uint8Array, { length }: JsonBounds): Result<unknown> {
  if (input.length > length) return fail(`is larger than the ${inMegabytes(length)} taken here`);
  try {
    const text = typeof input === 'string' ? input : new TextDecoder('utf-8', { fatal: true }).decode(input);
    if (isDeep(text)) return fail(`nests lists or objects more than ${mostLevels} levels deep`);
    return ok(JSON.parse(text));
  } catch {
    return fail('is not JSON');
  }
}

const inMegabytes = (length: number): string => `${(length / 1e6).toFixed(length < 1e7 ? 1 : 0)} MB`;

/** Whether brackets outside of strings are open more than `mostLevels` deep. */
function isDeep(text: string): boolean {
  let level = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        at = endOfString(text, at);
        break;
      case 0x5b: // [
      case 0x7b: // {
        level += 1;
        if (level > mostLevels) return true;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        level -= 1;
        break;
    }
  }
  return false;
}

/** The place of the quotation mark that ends the string begun at `at`, or the text's end. */
function endOfString(text: string, at: number): number {
  for (let next = at + 1; next < text.length; next++) {
    const code = text.charCodeAt(next);
    if (code === 0x22) return next;
    // An escape: the character after it ends nothing.
    if (code === 0x5c) next += 1;
  }
  return text.length;
}
