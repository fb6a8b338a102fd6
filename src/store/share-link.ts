import { fail, type Result } from '../base/result.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { parseExperimentText } from '../experiment/parse-text.ts';

const key = '#experiment=';

/** The part of an address behind "#" that holds an experiment. */
export const experimentHash = (experiment: Experiment): string => key + encodeURIComponent(JSON.stringify(experiment));

/** The experiment of an address's hash; undefined where it names none, a failure where it cannot be read. */
export function experimentOfHash(hash: string): Result<Experiment> | undefined {
  if (!hash.startsWith(key)) return undefined;
  const parsed = parseExperimentText(safeDecode(hash.slice(key.length)), 'The link');
  return parsed.ok ? parsed : fail(`${parsed.error.message} The page starts with its own experiment.`, 'link');
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // JSON.parse then refuses it in words.
    return '';
  }
}
