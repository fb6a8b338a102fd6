import { readFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import * as v from 'valibot';

type Event = v.InferOutput<typeof traceSchema>['traceEvents'][number];

/** Milliseconds of CPU time. */
const cpu = (events: readonly Event[]): number => events.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000;

const within = (events: readonly Event[], { ts, dur = 0 }: Event): readonly Event[] =>
  events.filter((event) => event.ts >= ts && event.ts < ts + dur);

/** What a page's main thread did while it was watched, in milliseconds of its own CPU time. */
export interface MainThread {
  /** Of every task that took more than nothing, longest first. */
  readonly tasks: readonly number[];
  readonly total: number;
  /** Milliseconds watched. */
  readonly watched: number;
}

const traceSchema = v.object({
  traceEvents: v.array(
    v.object({
      name: v.string(),
      pid: v.number(),
      tid: v.number(),
      /** Begin and length, microseconds. */
      ts: v.number(),
      dur: v.optional(v.number()),
      /** CPU time, microseconds. */
      tdur: v.optional(v.number()),
      args: v.optional(v.record(v.string(), v.unknown())),
    }),
  ),
});

/**
 * Watches a page's main thread through a Chromium trace. CPU time (tdur), not wall time: on a shared machine a task is held up by others, and
 * that is not the page's doing. Nor are the scripts by which the test looks at the page (they come from no address; finding one of hundreds of
 * buttons by its role takes tens of milliseconds); style and layout made within them are the page's.
 */
export async function watchMainThread(
  browser: Browser,
  page: Page,
  path: string,
  body: () => Promise<void>,
): Promise<MainThread> {
  await browser.startTracing(page, {
    path,
    categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'],
  });
  const started = Date.now();
  await body();
  const watched = Date.now() - started;
  await browser.stopTracing();
  const { traceEvents } = v.parse(traceSchema, JSON.parse(await readFile(path, 'utf8')));
  // The page's own process is the one with the frame that was navigated; its main thread says so itself.
  const mains = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const busiest = mains
    .map(({ pid, tid }) => {
      const own = traceEvents.filter((event) => event.pid === pid && event.tid === tid && event.tdur !== undefined);
      const tests = own.filter((event) => event.name === 'EvaluateScript' && event.args?.data === undefined);
      const rendering = own.filter(({ name }) => name === 'UpdateLayoutTree' || name === 'Layout');
      return own
        .filter(({ name }) => name === 'RunTask')
        .map((task) => {
          const watching = within(tests, task);
          return cpu([task]) - cpu(watching) + cpu(watching.flatMap((script) => within(rendering, script)));
        })
        .sort((a, b) => b - a);
    })
    .map((tasks) => ({ tasks, total: tasks.reduce((sum, task) => sum + task, 0) }))
    .sort((one, other) => other.total - one.total)[0];
  return { tasks: busiest?.tasks ?? [], total: busiest?.total ?? 0, watched };
}
