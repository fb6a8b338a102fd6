import { fail, ok, type Result } from '../base/result.ts';
import { parseSafetensors, type TensorFile, writeSafetensors } from '../formats/safetensors.ts';
import { allSeries, History, ofSeries } from '../runs/history.ts';
import { parseRunRecord, type RunRecord } from '../runs/run-record.ts';
import { brokenTensor } from '../trainer/checkpoint.ts';
import type { FileStore } from './file-store.ts';
import { type HistorySegment, parseSegment, type Rows, writeSegment } from './history-segment.ts';
import { seal, unseal } from './sealed.ts';

/** Bytes of a segment of the history after which the next one is begun: at most so much is written anew each time. */
const fullSegment = 1024 * 1024;
/** Checkpoints that are kept. */
const keptCheckpoints = 2;

const recordName = 'record.json';
const segmentName = (number: number): string => `history-${String(number).padStart(5, '0')}.bin`;
const checkpointName = (step: number): string => `checkpoint-${String(step).padStart(12, '0')}.bin`;
const checkpointPattern = /^checkpoint-(\d{12})\.bin$/;
const segmentPattern = /^history-\d{5}\.bin$/;

/** A checkpoint that was read back whole. */
export interface ReadCheckpoint {
  readonly step: number;
  readonly file: TensorFile;
}

/** One run's folder in a store: its record, its history in segments, and its last two checkpoints. */
export class StoredRun {
  /** Rows before each segment written, once known. */
  private segments: Rows[] | undefined;

  constructor(
    private readonly files: FileStore,
    /** Path of the folder in the store. */
    readonly folder: string,
  ) {}

  /** The record; undefined where the folder holds none. */
  async readRecord(): Promise<Result<RunRecord | undefined>> {
    const read = await this.files.read(this.path(recordName));
    if (!read.ok) return read;
    if (read.value === undefined) return ok(undefined);
    const where = this.path(recordName);
    try {
      return parseRunRecord(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(read.value)), where);
    } catch {
      return fail(`${where} is damaged: it is not JSON.`, where);
    }
  }

  writeRecord(record: RunRecord): Promise<Result<void>> {
    return this.files.write(
      this.path(recordName),
      new TextEncoder().encode(`${JSON.stringify(record, undefined, 2)}\n`),
    );
  }

  /**
   * All that is stored of the history, in order. Where a segment is damaged the rows up to it are there, and `damage`
   * says what is missing.
   */
  async readHistory(): Promise<Result<{ readonly history: History; readonly damage: string | undefined }>> {
    const listed = await this.files.list(this.folder);
    if (!listed.ok) return listed;
    const history = new History();
    const segments: Rows[] = [];
    let damage: string | undefined;
    for (const { name } of listed.value.filter((entry) => segmentPattern.test(entry.name))) {
      const segment = await this.readSegment(name);
      if (!segment.ok) damage = segment.error.message;
      else if (name !== segmentName(segments.length) || !follows(segment.value, history))
        damage = `${this.path(name)} does not follow the one before it.`;
      if (!segment.ok || damage !== undefined) break;
      segments.push(segment.value.before);
      history.append(segment.value.data);
    }
    this.segments = segments;
    return ok({ history, damage });
  }

  /** Brings the stored history to what is given; only what was added, or follows a place that was cut off, is written. */
  async writeHistory(history: History): Promise<Result<void>> {
    if (this.segments === undefined) {
      const read = await this.readHistory();
      if (!read.ok) return read;
    }
    const segments = this.segments as Rows[];
    const rows = rowsOf(history);
    while (segments.length > 0) {
      const last = segments.at(-1) as Rows;
      if (allSeries.every((series) => last[series] <= rows[series])) break;
      segments.pop();
    }
    const cut = await this.removeSegmentsFrom(segments.length);
    if (!cut.ok) return cut;
    if (segments.length === 0) segments.push(ofSeries(() => 0));
    const before = segments.at(-1) as Rows;
    const data = ofSeries((series) => history[series].data(before[series]));
    const contents = writeSegment({ before, data });
    const written = await this.files.write(this.path(segmentName(segments.length - 1)), await seal(contents));
    if (written.ok && contents.length > fullSegment) segments.push(rows);
    return written;
  }

  /** Steps of the stored checkpoints, newest first; whether they are whole is seen when they are read. */
  async checkpointSteps(): Promise<Result<readonly number[]>> {
    const listed = await this.files.list(this.folder);
    if (!listed.ok) return listed;
    const steps = listed.value.flatMap(({ name }) => {
      const [, step] = checkpointPattern.exec(name) ?? [];
      return step === undefined ? [] : [Number(step)];
    });
    return ok(steps.sort((a, b) => b - a));
  }

  /** The newest checkpoint that is whole and of finite numbers, and in words why newer ones were passed over. */
  async readCheckpoint(): Promise<
    Result<{ readonly checkpoint: ReadCheckpoint | undefined; readonly passedOver: readonly string[] }>
  > {
    const steps = await this.checkpointSteps();
    if (!steps.ok) return steps;
    const passedOver: string[] = [];
    for (const step of steps.value) {
      const path = this.path(checkpointName(step));
      const sealed = await this.files.read(path);
      if (!sealed.ok) return sealed;
      if (sealed.value === undefined) continue;
      const contents = await unseal(sealed.value, path);
      const file = contents.ok ? parseSafetensors(contents.value, path) : contents;
      const problem = file.ok ? problemOf(file.value, step, path) : file.error.message;
      if (file.ok && problem === undefined) return ok({ checkpoint: { step, file: file.value }, passedOver });
      passedOver.push(problem as string);
    }
    return ok({ checkpoint: undefined, passedOver });
  }

  /**
   * Writes a checkpoint and drops all but the last two. Checkpoints of later steps, of a stretch that was left when the
   * run went back, are dropped too.
   */
  async writeCheckpoint(step: number, file: TensorFile): Promise<Result<void>> {
    const written = await this.files.write(this.path(checkpointName(step)), await seal(writeSafetensors(file)));
    if (!written.ok) return written;
    const steps = await this.checkpointSteps();
    if (!steps.ok) return steps;
    const kept = steps.value.filter((known) => known <= step).slice(0, keptCheckpoints);
    for (const old of steps.value.filter((known) => !kept.includes(known))) {
      const removed = await this.files.remove(this.path(checkpointName(old)));
      if (!removed.ok) return removed;
    }
    return ok(undefined);
  }

  /** Bytes of all files of the run. */
  async bytes(): Promise<Result<number>> {
    const listed = await this.files.list(this.folder);
    return listed.ok ? ok(listed.value.reduce((sum, { bytes }) => sum + bytes, 0)) : listed;
  }

  private async readSegment(name: string): Promise<Result<HistorySegment>> {
    const path = this.path(name);
    const sealed = await this.files.read(path);
    if (!sealed.ok) return sealed;
    const contents = await unseal(sealed.value ?? new Uint8Array(), path);
    return contents.ok ? parseSegment(contents.value, path) : contents;
  }

  private async removeSegmentsFrom(first: number): Promise<Result<void>> {
    const listed = await this.files.list(this.folder);
    if (!listed.ok) return listed;
    for (const { name } of listed.value) {
      if (!segmentPattern.test(name) || name < segmentName(first)) continue;
      const removed = await this.files.remove(this.path(name));
      if (!removed.ok) return removed;
    }
    return ok(undefined);
  }

  private path(name: string): string {
    return this.folder === '' ? name : `${this.folder}/${name}`;
  }
}

const rowsOf = (history: History): Rows => ofSeries((series) => history[series].length);

const follows = ({ before }: HistorySegment, history: History): boolean =>
  allSeries.every((series) => before[series] === history[series].length);

function problemOf(file: TensorFile, step: number, path: string): string | undefined {
  if (file.metadata.step !== String(step)) return `${path} is of another step than its name says.`;
  const broken = brokenTensor(file);
  return broken === undefined ? undefined : `"${broken}" in ${path} holds values that are no numbers.`;
}
