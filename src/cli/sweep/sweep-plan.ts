import { basename } from 'node:path';
import * as v from 'valibot';
import { fail, ok, type Result } from '../../base/result.ts';

const value = v.union([v.string(), v.number(), v.boolean(), v.array(v.unknown())]);
const sweepSchema = v.strictObject({
  experiment: v.string(),
  set: v.optional(v.array(v.string()), []),
  grid: v.optional(v.record(v.string(), v.pipe(v.array(value), v.minLength(1))), {}),
  seeds: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.minLength(1)),
});

/** One training of a sweep. */
export interface SweepRun {
  /** Folder of the run in the sweep's. */
  readonly folder: string;
  /** Settings of the point of the grid, `KEY=VALUE`. */
  readonly point: readonly string[];
  readonly seed: number;
  /** Arguments of `train`, but for `--out` and what is the same for all. */
  readonly argv: readonly string[];
}

/** No sweep has more runs. */
const most = 10_000;

/**
 * The runs of a sweep: every point of its grid with every seed.
 *
 * @param text JSON: `{"experiment": PRESET or FILE, "set": [KEY=VALUE], "grid": {KEY: [VALUE]}, "seeds": [NUMBER]}`
 * @param name the file's, for messages
 */
export function planSweep(text: string, name: string): Result<SweepRun[]> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return fail(
      `${name} is not JSON. It takes {"experiment": "quick", "grid": {"cuts": ["k2", "k3"]}, "seeds": [1, 2]}.`,
      name,
    );
  }
  const parsed = v.safeParse(sweepSchema, data);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return fail(`${name}: ${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}.`, name);
  }
  const { experiment, set, grid, seeds } = parsed.output;
  let points: string[][] = [[]];
  for (const [field, values] of Object.entries(grid)) {
    points = points.flatMap((point) => values.map((one) => [...point, `${field}=${inText(one)}`]));
    if (points.length * seeds.length > most)
      return fail(`${name} asks for more than ${most} runs. Make the grid smaller.`, name);
  }
  const runs = points.flatMap((point, index) =>
    seeds.map((seed) => ({
      folder: `${String(index + 1).padStart(3, '0')}-seed-${seed}`,
      point,
      seed,
      argv: ['--experiment', experiment, ...[...set, ...point, `seed=${seed}`].flatMap((one) => ['--set', one])],
    })),
  );
  return ok(runs);
}

const inText = (one: unknown): string => (typeof one === 'string' ? one : JSON.stringify(one));

/** What the file of a sweep is called in messages. */
export const nameOf = (path: string): string => basename(path);
