import { fail, ok, type Result } from '../base/result.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { parseExperimentText } from '../experiment/parse-text.ts';

/** Version of the links this page makes. What experiments of any age mean is a matter of their own (`older-experiments.ts`); this is the link's form. */
const linkVersion = 1;

/** The part of an address behind "#" that holds an experiment. */
export const experimentHash = (experiment: Experiment): string =>
  `#experiment=${encodeURIComponent(JSON.stringify(experiment))}&version=${linkVersion}`;

/** The experiment of an address's hash; undefined where it names none, a failure where it cannot be read. */
export function experimentOfHash(hash: string): Result<Experiment> | undefined {
  const parts = partsOfHash(hash);
  const text = parts.get('experiment');
  if (text === undefined) return undefined;
  const version = checkVersion(parts.get('version'));
  const parsed = version.ok ? parseExperimentText(text, 'The link') : version;
  return parsed.ok ? parsed : fail(`${parsed.error.message} The page keeps the experiment it has.`, 'link');
}

/** `#name=value&name=value`, decoded; names without a value and what cannot be decoded are empty. */
export function partsOfHash(hash: string): ReadonlyMap<string, string> {
  const parts = hash
    .replace(/^#/, '')
    .split('&')
    .filter((part) => part !== '');
  return new Map(
    parts.map((part) => {
      const [name = '', ...value] = part.split('=');
      return [name, safeDecode(value.join('='))];
    }),
  );
}

/** Links made before links had a version are of the first. */
function checkVersion(text: string | undefined): Result<void> {
  if (text === undefined || text === String(linkVersion)) return ok(undefined);
  return /^\d+$/.test(text) && Number(text) > linkVersion
    ? fail(`The link was made by a newer version of the playground (link version ${text}). Reload the page for it.`)
    : fail(
        `The link has a version that does not exist ("${text.slice(0, 20)}"). Copy it again from where it was made.`,
      );
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // JSON.parse then refuses it in words.
    return '';
  }
}
