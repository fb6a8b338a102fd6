import { fail, type Result } from '../base/result.ts';
import type { Experiment } from './experiment.ts';
import { parseExperiment } from './schema.ts';

/**
 * Parses and checks an experiment's JSON text.
 *
 * @param name what it came in, a file or "the link", for messages
 */
export function parseExperimentText(text: string, name: string): Result<Experiment> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return fail(`${name} is not JSON. Take an experiment that the playground exported.`, name);
  }
  const parsed = parseExperiment(data);
  return parsed.ok ? parsed : fail(`${name}: ${parsed.error.message}`, parsed.error.where ?? name);
}
