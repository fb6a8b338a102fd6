import { fail, type Problem, type Result } from '../../base/result.ts';
import { reasonOf } from '../named-file.ts';

/** Carries a problem through the Parquet reader, which knows only throws, to `settled`. */
export class HubError extends Error {
  constructor(
    readonly problem: Problem,
    /** Whether asking again may help. */
    readonly passing = false,
  ) {
    super(problem.message);
  }
}

/** What the server does not let be read in parts. */
export class RangesRefused extends HubError {}

/** The value of a promise, or the problem it was rejected with; other errors are damage of `name`. */
export async function settled<Value>(name: string, body: () => Promise<Value>): Promise<Result<Value>> {
  try {
    return { ok: true, value: await body() };
  } catch (error) {
    if (error instanceof HubError) return { ok: false, error: error.problem };
    return fail(`${name} cannot be read as Parquet (${reasonOf(error)}). Load it again, or take another file.`, name);
  }
}
