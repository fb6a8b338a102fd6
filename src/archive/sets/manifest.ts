import * as v from 'valibot';
import { fail, ok, type Result } from '../../base/result.ts';
import { dataNames } from '../../experiment/data-sets.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000_000));
const text = v.pipe(v.string(), v.maxLength(10_000));

const manifestSchema = v.object({
  format: v.literal('hpff-images'),
  version: v.literal(1),
  name: v.picklist(dataNames),
  title: text,
  /** Where it came from, in words. */
  source: text,
  terms: text,
  notes: v.array(text),
  classNames: v.pipe(v.array(text), v.minLength(1), v.maxLength(65_536)),
  /** Pixels of a side. */
  imageSize: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)),
  /** Images of each part; they lie in this order. */
  counts: v.object({ train: count, validation: v.optional(count), test: count, unlabelled: v.optional(count) }),
  /** Of the data set. */
  checksum: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  /** SHA-256 of each shard, hex, in order. */
  shards: v.array(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  /** ISO 8601. */
  created: text,
});

/** What a stored set is, written last: a set without it was not written to its end. */
export type Manifest = v.InferOutput<typeof manifestSchema>;

export const encodeManifest = (manifest: Manifest): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(JSON.stringify(manifest));

export function parseManifest(contents: Uint8Array, name: string): Result<Manifest> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), manifestSchema), new TextDecoder().decode(contents));
  return parsed.success ? ok(parsed.output) : fail(`${name} is no manifest of stored images.`, name);
}
