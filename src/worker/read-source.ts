import type { SetFiles } from '../archive/sets/set-cache.ts';
import { type SpillingSink, spillingSink } from '../archive/sets/spilling-sink.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { Dataset } from '../datasets/dataset.ts';
import { hubSetOf } from '../datasets/hub/hub-sets.ts';
import { type HubPlan, planHub } from '../datasets/hub/plan-hub.ts';
import { readHub } from '../datasets/hub/read-hub.ts';
import { type HubAccess, usualAccess } from '../datasets/hub/request.ts';
import type { ImageDecoder } from '../datasets/image-decoder.ts';
import { memorySink, type OpenSink } from '../datasets/image-store.ts';
import { namedBlob } from '../datasets/named-file.ts';
import { detectSet, readSet } from '../datasets/read-set.ts';
import type { DataName } from '../experiment/experiment.ts';
import type { DataSource, HubChoice } from './data-protocol.ts';
import { keptPieces } from './kept-pieces.ts';
import { servedFile } from './served-file.ts';

/** Told what is being read and how much of it, 0 to 1. */
export type OnReading = (title: string, share: number | undefined) => void;

export interface Reading {
  readonly decoder: ImageDecoder;
  /** Where larger sets and pieces go; undefined where the browser has no private files. */
  readonly sets: SetFiles | undefined;
  readonly memoryLimit: number;
  readonly resolution: (name: DataName) => number;
  readonly signal: AbortSignal;
  readonly onReading: OnReading;
}

export interface ReadSource {
  readonly dataset: Dataset;
  /** Where its images are, if not in memory. */
  readonly sink: SpillingSink | undefined;
}

/** Reads a set from files or a hub. */
export async function readSource(
  source: Exclude<DataSource, { readonly kind: 'stored' }>,
  reading: Reading,
): Promise<Result<ReadSource>> {
  const { sets, memoryLimit } = reading;
  let sink: SpillingSink | undefined;
  const openSink: OpenSink = (stride) => {
    if (sets === undefined) return ok(memorySink(stride, memoryLimit));
    sink = spillingSink(sets, stride, memoryLimit);
    return ok(sink);
  };
  const read =
    source.kind === 'hub'
      ? await fromHub(source.choice, reading, openSink)
      : await fromFiles(source, reading, openSink);
  return read.ok ? ok({ dataset: read.value, sink: sink?.spilled ? sink : undefined }) : read;
}

async function fromFiles(
  source: Extract<DataSource, { readonly files: unknown }>,
  { decoder, resolution, signal, onReading }: Reading,
  openSink: OpenSink,
): Promise<Result<Dataset>> {
  const files =
    source.kind === 'files'
      ? source.files.map(({ path, file }) => namedBlob(path, file))
      : source.files.map(servedFile);
  const detected = await detectSet(files);
  if (!detected.ok) return detected;
  const { set, title } = detected.value;
  onReading(title, 0);
  const onProgress = (done: number, total: number) => onReading(title, done / total);
  return readSet(files, { decoder, resolution: resolution(set), signal, onProgress, openSink });
}

/** What fetching a choice takes. */
export function planChoice(
  choice: HubChoice,
  sets: SetFiles | undefined,
  signal: AbortSignal,
): Promise<Result<HubPlan>> {
  const { repository, configuration, train, test, seed } = choice;
  const pieces = keptPieces(sets?.files, repository);
  return planHub(hubSetOf(repository, configuration), { train, test }, seed, accessTo(choice, signal), pieces);
}

async function fromHub(choice: HubChoice, reading: Reading, openSink: OpenSink): Promise<Result<Dataset>> {
  const { decoder, resolution, signal, sets, onReading } = reading;
  const { repository, seed } = choice;
  onReading(repository, undefined);
  const plan = await planChoice(choice, sets, signal);
  if (!plan.ok) return signal.aborted ? fail(plan.error.message, 'cancelled') : plan;
  const store = keptPieces(sets?.files, repository);
  const read = await readHub(plan.value, {
    access: accessTo(choice, signal),
    store,
    context: {
      decoder,
      resolution: resolution(plan.value.set.set),
      seed,
      testShare: 1 / 6,
      mostUnlabelled: 0,
      openSink,
    },
    onProgress: (done, total) => onReading(repository, done / total),
  });
  if (read.ok) await store.clear();
  return read;
}

const accessTo = ({ address }: HubChoice, signal: AbortSignal): HubAccess => ({
  address,
  // A method of the global object, which must be its `this`.
  fetch: (...asked) => fetch(...asked),
  signal,
  ...usualAccess,
});
