import { parseJson } from '../base/json.ts';
import { fail, type Result } from '../base/result.ts';
import type { Experiment } from './experiment.ts';
import { parseExperiment } from './schema.ts';

/** An experiment has about 1,000 characters. */
const bounds = { length: 1_000_000 };

/**
 * Parses and checks an experiment's JSON text.
 *
 * @param name what it came in, a file or "the link", for messages
 */
export function parseExperimentText(text: string, name: string): Result<Experiment> {
  const data = parseJson(text, bounds);
  if (!data.ok) return fail(`${name} ${data.error.message}. Take an experiment that the playground exported.`, name);
  const parsed = parseExperiment(data.value);
  return parsed.ok ? parsed : fail(`${name}: ${parsed.error.message}`, parsed.error.where ?? name);
}
