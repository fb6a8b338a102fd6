import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';

/** What a test runner's report says. */
export interface Report {
  readonly passed: number;
  readonly failed: number;
  /** A line for each failed test: its name and the first line of what went wrong. */
  readonly failures: readonly string[];
}

const unitSchema = v.object({
  numPassedTests: v.number(),
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      message: v.optional(v.string(), ''),
      assertionResults: v.array(
        v.object({ status: v.string(), fullName: v.string(), failureMessages: v.optional(v.array(v.string()), []) }),
      ),
    }),
  ),
});

/** Reads vitest's JSON report; a file that fails without a failing test of its own counts as one. Undefined where there is no report. */
export function readUnitReport(path: string): Report | undefined {
  const report = read(path, unitSchema);
  if (report === undefined) return undefined;
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed');
    if (tests.length > 0)
      return tests.map(({ fullName, failureMessages }) => failure(fullName, failureMessages[0] ?? ''));
    return status === 'failed' ? [failure(name, message)] : [];
  });
  return { passed: report.numPassedTests, failed: failures.length, failures };
}

interface Suite {
  readonly specs?: readonly v.InferOutput<typeof specSchema>[] | undefined;
  readonly suites?: readonly Suite[] | undefined;
}

const specSchema = v.object({
  title: v.string(),
  file: v.string(),
  tests: v.array(
    v.object({
      status: v.picklist(['expected', 'unexpected', 'flaky', 'skipped']),
      results: v.array(v.object({ error: v.optional(v.object({ message: v.optional(v.string(), '') })) })),
    }),
  ),
});
const suiteSchema: v.GenericSchema<unknown, Suite> = v.object({
  specs: v.optional(v.array(specSchema)),
  suites: v.optional(v.array(v.lazy(() => suiteSchema))),
});
const browserSchema = v.object({ suites: v.array(suiteSchema) });

/** What Playwright's report says. */
export interface BrowserReport extends Report {
  readonly skipped: number;
  /** As `failures`, of tests that failed at first and passed when repeated; they count as passed. */
  readonly repeated: readonly string[];
}

/** Reads Playwright's JSON report. Undefined where there is no report. */
export function readBrowserReport(path: string): BrowserReport | undefined {
  const report = read(path, browserSchema);
  if (report === undefined) return undefined;
  const tests = report.suites
    .flatMap(specsOf)
    .flatMap((spec) => spec.tests.map((test) => ({ ...test, name: `${spec.file} ${spec.title}` })));
  const count = (...states: string[]) => tests.filter(({ status }) => states.includes(status)).length;
  const wordsOf = (state: 'unexpected' | 'flaky') =>
    tests
      .filter(({ status }) => status === state)
      .map(({ name, results }) => failure(name, results[0]?.error?.message ?? ''));
  const failures = wordsOf('unexpected');
  return {
    passed: count('expected', 'flaky'),
    failed: failures.length,
    skipped: count('skipped'),
    failures,
    repeated: wordsOf('flaky'),
  };
}

const specsOf = ({ specs = [], suites = [] }: Suite): readonly v.InferOutput<typeof specSchema>[] => [
  ...specs,
  ...suites.flatMap(specsOf),
];

function read<Output>(path: string, schema: v.GenericSchema<unknown, Output>): Output | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const parsed = v.safeParse(schema, JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/** A name and the first lines of a message, without escape sequences and not longer than a terminal's few lines. */
function failure(name: string, message: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
  const plain = message.replace(/\u001b\[[\d;]*m/g, '');
  const lines = plain.split('\n').filter((line) => line.trim() !== '');
  return `${name}: ${lines
    .slice(0, 4)
    .map((line) => line.trim())
    .join(' ')}`.slice(0, 300);
}
