import { parseJson } from '../../base/json.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { History } from '../../runs/history.ts';
import { parseRunRecord, type RunRecord } from '../../runs/run-record.ts';
import { parseSafetensors, type TensorFile, writeSafetensors } from '../safetensors.ts';
import { readZip, writeZip } from '../zip.ts';
import { historyFile, readHistoryFile } from './history-file.ts';

/** The parts of a run's zip. */
const names = {
  record: 'record.json',
  history: 'history.safetensors',
  weights: 'weights.safetensors',
  words: 'README.txt',
} as const;

/** Bytes a run may unpack to: weights and optimiser of the largest network here, and a history of millions of steps. */
const limits = { bytes: 1024 * 1024 * 1024 };

/** A record has some kilobytes, and 100 bytes more with every change. */
const recordBounds = { length: 32 * 1024 * 1024 };

const words = `A run of HPFF Playground: drop this file on the page to open it again, or export it with
npm run -s export -- FILE --format NAME --out PATH.

record.json          the first experiment, the changes made while it ran, where and on what it was made
history.safetensors  every measurement, float64, by phase and column; NaN where nothing was measured
                     (gradients/...: measured on request, beside back-propagation's)
weights.safetensors  weights under PyTorch's names, running statistics, optimiser, schedule position
`;

/** A whole run, as it is stored and opened again. */
export interface WholeRun {
  readonly record: RunRecord;
  readonly history: History;
  /** A checkpoint: weights, running statistics, optimiser and position. */
  readonly weights: TensorFile;
}

/** The run as `NAME.hpff.zip`. */
export function writeRunZip({ record, history, weights }: WholeRun): Uint8Array<ArrayBuffer> {
  const text = (content: string) => new TextEncoder().encode(content);
  return writeZip(
    new Map([
      [names.words, text(words)],
      [names.record, text(`${JSON.stringify(record, undefined, 2)}\n`)],
      [names.history, writeSafetensors(historyFile(history))],
      [names.weights, writeSafetensors(weights)],
    ]),
  );
}

/** Opens a run's zip: every part is checked. Errors name the part and what is wrong with it. */
export function readRunZip(bytes: Uint8Array, name: string): Result<WholeRun> {
  const files = readZip(bytes, name, limits);
  if (!files.ok) return files;
  const absent = [names.record, names.history, names.weights].filter((part) => !files.value.has(part));
  if (absent.length > 0) return fail(`${name} is no run of the playground: it lacks ${absent.join(', ')}.`, name);
  const part = (path: string) => files.value.get(path) as Uint8Array<ArrayBuffer>;
  const text = parseJson(part(names.record), recordBounds);
  if (!text.ok)
    return fail(`${name}: ${names.record} ${text.error.message}. It may be damaged; export it again.`, name);
  const record = parseRunRecord(text.value, `${name}: ${names.record}`);
  if (!record.ok) return record;
  const tensors = parseSafetensors(part(names.history), `${name}: ${names.history}`);
  if (!tensors.ok) return tensors;
  const history = readHistoryFile(tensors.value, `${name}: ${names.history}`);
  if (!history.ok) return history;
  const weights = parseSafetensors(part(names.weights), `${name}: ${names.weights}`);
  if (!weights.ok) return weights;
  return ok({ record: record.value, history: History.of(history.value, record.value), weights: weights.value });
}
