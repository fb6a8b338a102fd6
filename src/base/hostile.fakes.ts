import fc from 'fast-check';
import { expect } from 'vitest';
import type { Result } from './result.ts';

/** Lists in one another, deeper than any stack. */
const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

/** JSON of any value, of a long text and of one that is too deep. */
const hostileValue = fc.oneof(
  { weight: 6, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.integer({ min: 101, max: 100_000 }).map(deep) },
  { weight: 1, arbitrary: fc.nat(200_000).map((length) => `"${'x'.repeat(length)}"`) },
  { weight: 1, arbitrary: fc.nat(50_000).map((length) => `{"${'x'.repeat(length)}":${deep(50)}}`) },
  { weight: 1, arbitrary: fc.nat(20_000).map((length) => `[${Array.from({ length }, () => '[0,0]').join(',')}]`) },
);

/**
 * Text that someone may give instead of `good`, the JSON of an object: a field (also one of a field) with a hostile value, a field that
 * is not there, characters changed, the end cut off, or something else altogether.
 */
export function hostileJson(good: Readonly<Record<string, unknown>>): fc.Arbitrary<string> {
  const text = JSON.stringify(good);
  const fields = Object.entries(good).flatMap(([field, value]) => [
    [field],
    ...(typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.keys(value).map((inner) => [field, inner])
      : []),
  ]);
  const stray = fc
    .oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'x'.repeat(100_000)))
    .map((key) => [key]);
  return fc.oneof(
    fc
      .tuple(
        fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...fields) }, { weight: 1, arbitrary: stray }),
        hostileValue,
      )
      .map(([path, value]) => withValue(good, path, value)),
    fc
      .tuple(fc.nat(text.length), fc.nat(8), fc.string({ maxLength: 8 }))
      .map(([at, out, put]) => text.slice(0, at) + put + text.slice(at + out)),
    fc.nat(text.length).map((length) => text.slice(0, length)),
    hostileValue,
    fc.string(),
  );
}

/** The object's JSON with other JSON at a path of fields. */
function withValue(
  good: Readonly<Record<string, unknown>>,
  [field = '', inner]: readonly string[],
  value: string,
): string {
  const own = good[field] as Readonly<Record<string, unknown>>;
  const written = inner === undefined ? value : withValue(own, [inner], value);
  const others = Object.entries(good).filter(([name, other]) => name !== field && other !== undefined);
  const parts = others.map(([name, other]) => `${JSON.stringify(name)}:${JSON.stringify(other)}`);
  return `{${[...parts, `${JSON.stringify(field)}:${written}`].join(',')}}`;
}

/** Reads once: a throw fails the test, and so does a refusal without words or with too many, or a second of the processor's time. */
export function readCalmly<Value>(read: () => Result<Value>): Result<Value> {
  const before = process.cpuUsage();
  const result = read();
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(1);
  if (!result.ok) {
    expect(result.error.message.length).toBeGreaterThan(20);
    expect(result.error.message.length).toBeLessThanOrEqual(600);
  }
  return result;
}
