/// <reference lib="webworker" />
import { createMemoryStore } from '../archive/file-store.ts';
import { openPrivateStore } from '../archive/private-store.ts';
import { RunArchive } from '../archive/run-archive.ts';
import { openPrivateShard } from '../archive/sets/private-shards.ts';
import type { SetFiles } from '../archive/sets/set-cache.ts';
import { buildVersion } from '../base/build-version.ts';
import { createLocks } from '../base/locks.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { parseLimits } from '../experiment/limits.ts';
import { parseExperiment } from '../experiment/schema.ts';
import type { Measurement } from '../runs/measurement.ts';
import { parseReplay } from '../runs/run-record.ts';
import { parseSettings } from '../runs/settings.ts';
import { wasmFiles } from '../runtime/tfjs/wasm-files.ts';
import type { RequestMessage, WorkerMessage } from './protocol.ts';
import { readRunFiles } from './run-files.ts';
import { Session } from './session.ts';

/** The worker is a switch: requests in, answers and events out. The session owns the one live run. */
declare const self: DedicatedWorkerGlobalScope;

const post = (message: WorkerMessage, transfer: Transferable[] = []) => self.postMessage(message, transfer);

/** Milliseconds between two messages of measurements and progress: the page shows each, and nobody reads more than a few a second. */
const interval = 250;
let waiting: Measurement[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let flushed = Number.NEGATIVE_INFINITY;
let session: Session | undefined;

const sendMeasurements = () => {
  if (waiting.length > 0) post({ kind: 'measurements', measurements: waiting });
  waiting = [];
};

const flush = () => {
  timer = undefined;
  flushed = performance.now();
  sendMeasurements();
  session?.report();
};

/** Where runs are stored: the origin's private files, or memory where the browser has none. */
async function openArchive(): Promise<RunArchive> {
  const files = await openPrivateStore();
  const archive = new RunArchive(files ?? createMemoryStore(), createLocks());
  if (files === undefined) {
    const message =
      'This browser gives the page no private files (it needs https or localhost): runs last until the page is closed.';
    post({ kind: 'storing', error: { message } });
  }
  // Frees what was deleted on an earlier visit; a failure shows when something is written.
  void archive.purge();
  return archive;
}

/** Where decoded images are kept, if anywhere. */
async function openSets(): Promise<SetFiles | undefined> {
  const files = await openPrivateStore();
  if (files === undefined) return undefined;
  const room = async () => {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined ? undefined : quota - (usage ?? 0);
  };
  return { files, open: openPrivateShard, room };
}

async function openSession(): Promise<Session> {
  session = new Session(
    {
      measured(measurement) {
        waiting.push(measurement);
        // The first of a run is shown at once.
        timer ??= setTimeout(flush, Math.max(0, flushed + interval - performance.now()));
      },
      progress(progress) {
        // A run is not told to have ended before what it ended with.
        sendMeasurements();
        post({ kind: 'progress', progress });
      },
      preparing: (what, share) => post({ kind: 'preparing', what, share }),
      failed: (error) => post({ kind: 'failed', error }),
      recorded: (record) => post({ kind: 'runs', records: [record] }),
      storing: (error) => post({ kind: 'storing', error }),
      replayed(run) {
        // A change is not told before the steps it came after.
        sendMeasurements();
        post({ kind: 'replayed', run });
      },
      replayEnded: (error) => post({ kind: 'replayEnded', error }),
    },
    {
      wasmPaths: wasmFiles,
      archive: await openArchive(),
      version: buildVersion,
      sets: await openSets(),
    },
  );
  return session;
}

const opening = openSession();

async function answer(message: RequestMessage): Promise<Result<unknown>> {
  const session = await opening;
  switch (message.kind) {
    // The border is checked on this side too: a page of another version may be talking.
    case 'open': {
      const experiment = parseExperiment(message.experiment);
      if (!experiment.ok) return experiment;
      const replay = message.replay === undefined ? ok(undefined) : parseReplay(message.replay, 'the replay');
      if (!replay.ok) return replay;
      const { name, group } = message;
      return session.open(experiment.value, message.executor, { name, group, replay: replay.value });
    }
    case 'change': {
      const experiment = parseExperiment(message.experiment);
      if (!experiment.ok) return experiment;
      const from = parseExperiment(message.from);
      return from.ok ? session.change(experiment.value, from.value) : from;
    }
    case 'play':
      return session.play('end');
    case 'playEpoch':
      return session.play('epoch');
    case 'stepOnce':
      return session.play('step');
    case 'pause':
      return session.pause();
    case 'reset':
      return session.reset();
    case 'evaluate':
      return session.evaluate();
    case 'gradientCost':
      return session.readings.gradientCost(message.images);
    case 'measureGradients':
      return session.readings.measureGradients(message.images);
    case 'loadData':
      return session.data.loadData(message);
    case 'planHub':
      return session.data.planHub(message);
    case 'listSets':
      return session.data.listSets();
    case 'deleteSet':
      return session.data.deleteSet(message);
    case 'cancelData':
      return session.data.cancelData();
    case 'viewData':
      return session.data.viewData(message);
    case 'insight':
      return session.readings.look(message.question);
    case 'export':
      return session.export(message.run, message.format, message.options);
    case 'import':
      return session.import(message.weights, message.experiment);
    case 'resume':
      return session.resume(message.run, message.executor);
    case 'checkpoint':
      return session.checkpoint();
    case 'configure': {
      const settings = parseSettings(message.settings);
      const limits = parseLimits(message.limits);
      return settings === undefined || limits === undefined
        ? fail('These are no settings that this version knows.')
        : session.configure(settings, limits);
    }
    case 'listRuns':
      return session.runs.list();
    case 'readHistory':
      return session.runs.readHistory(message.run);
    case 'readRunFiles':
      return readRunFiles(message.files);
    case 'renameRun':
      return session.runs.rename(message.run, message.name);
    case 'deleteRun':
      return session.runs.delete(message.run);
    case 'restoreRun':
      return session.runs.restore(message.run);
    default:
      return ok(message satisfies never);
  }
}

self.onmessage = async ({ data }: MessageEvent<RequestMessage>) => {
  const result = await answer(data).catch((error: unknown) => {
    // A throw is a bug: the page hears of it, and the console has the stack.
    console.error(error);
    return { ok: false, error: { message: `The training worker failed: ${String(error)}` } } as const;
  });
  // What was measured before the answer arrives before it.
  if (timer !== undefined) clearTimeout(timer);
  flush();
  if (result.ok) post({ kind: 'answer', id: data.id, ok: true, value: result.value });
  else post({ kind: 'answer', id: data.id, ok: false, error: result.error });
};
