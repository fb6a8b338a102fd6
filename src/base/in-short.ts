import type { BaseIssue } from 'valibot';
import { getDotPath } from 'valibot';

/** Characters of a value from outside that a message repeats. */
const most = 100;

/** Text for a message, cut where it is long. */
export const cutText = (text: string, length = most): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

/** A value from outside for a message: as JSON, cut after 100 characters, however long or deep the value is. */
export function inShort(value: unknown): string {
  let text = '';
  const write = (part: unknown): void => {
    if (text.length > most) return;
    if (typeof part === 'string') text += JSON.stringify(part.slice(0, most));
    else if (Array.isArray(part)) writeAll('[', part.entries(), ']', ([, item]) => write(item));
    else if (typeof part === 'object' && part !== null) {
      writeAll('{', Object.entries(part), '}', ([key, item]) => {
        write(key);
        text += ':';
        write(item);
      });
    } else text += String(part);
  };
  const writeAll = <Item>(open: string, items: Iterable<Item>, close: string, one: (item: Item) => void) => {
    text += open;
    let first = true;
    for (const item of items) {
      if (text.length > most) return;
      if (!first) text += ',';
      first = false;
      one(item);
    }
    text += close;
  };
  write(value);
  return cutText(text);
}

/** Where in a value the schema refused something, and why, cut where the value itself made it long. */
export const issueInShort = (issue: BaseIssue<unknown>): string =>
  `${cutText(getDotPath(issue) ?? 'the whole')}: ${cutText(issue.message, 200)}`;
