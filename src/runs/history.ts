import { changedFields } from '../experiment/changes.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Measurement, ModuleMeasurement } from './measurement.ts';
import type { RunRecord } from './run-record.ts';

export type Phase = Measurement['phase'];

/** In the order in which they are measured at a step. */
export const phases: readonly Phase[] = ['train', 'validation', 'test'];

/** All that a history holds rows of. */
export type Series = Phase | 'gradients';
export const allSeries: readonly Series[] = [...phases, 'gradients'];

/** What is kept of each measurement beside the modules' scores. */
export const commonColumns = [
  'step',
  'epoch',
  'seconds',
  'learningRate',
  'imagesPerSecond',
  'final.loss',
  'final.accuracy',
] as const;
export type CommonColumn = (typeof commonColumns)[number];

/** Scores of one module, in the order of the CSV. */
export const moduleColumns = [
  'probe.accuracy',
  'independent.accuracy',
  'cascade.accuracy',
  'independent.loss',
  'cascade.loss',
  'reconstruction',
  'probe.loss',
] as const;
export type ModuleColumn = (typeof moduleColumns)[number];

/** Of one module's gradient, measured on request. */
export const gradientColumns = ['gradient.norm', 'gradient.bpNorm', 'gradient.cosine'] as const;
export type GradientColumn = (typeof gradientColumns)[number];

/** Key of a module's column: by the block it ends with, so that a line survives a re-cut. */
export type ColumnKey = CommonColumn | `${string}/${ModuleColumn | GradientColumn}`;

export const columnKey = (block: string, column: ModuleColumn | GradientColumn): ColumnKey => `${block}/${column}`;

const ofModules: readonly string[] = [...moduleColumns, ...gradientColumns];

/** Whether a text names a column: one common to all, or a score of a block. */
export function isColumnKey(key: string): key is ColumnKey {
  const [block = '', column, ...more] = key.split('/');
  if (column === undefined) return (commonColumns as readonly string[]).includes(key);
  return more.length === 0 && /^\d{1,3}\.\d{1,3}$/.test(block) && ofModules.includes(column);
}

/** Rows of one series as plain columns, to store or to send. */
export interface ColumnsData {
  readonly rows: number;
  readonly columns: readonly (readonly [key: ColumnKey, numbers: Float64Array<ArrayBuffer>])[];
}

/** Measurements of a run as plain columns. */
export type HistoryData = Readonly<Record<Series, ColumnsData>>;

/** One value for every series, in the order of `allSeries`. */
export const ofSeries = <Made>(make: (series: Series) => Made): Record<Series, Made> => ({
  train: make('train'),
  validation: make('validation'),
  test: make('test'),
  gradients: make('gradients'),
});

/**
 * Measurements of one phase as columns of numbers, NaN where there was none: tens of thousands of steps of tens of
 * modules stay small, and charts read them without making objects.
 */
export class Columns {
  /** How often rows were forgotten: what was made of them is stale then. */
  cuts = 0;
  private count = 0;
  private capacity = 256;
  private readonly columns = new Map<ColumnKey, Float64Array<ArrayBuffer>>();
  private readonly seenBlocks = new Set<string>();

  get length(): number {
    return this.count;
  }

  /** How many columns there are: it grows when something is measured for the first time. */
  get width(): number {
    return this.columns.size;
  }

  /** Keys of the blocks ever measured, in the order they came up. */
  get blocks(): readonly string[] {
    return [...this.seenBlocks];
  }

  add(measurement: Measurement): void {
    if (this.count === this.capacity) this.grow();
    const row = this.count++;
    const { step, epoch, seconds, learningRate, imagesPerSecond, final } = measurement;
    this.set('step', row, step);
    this.set('epoch', row, epoch);
    this.set('seconds', row, seconds);
    this.set('learningRate', row, learningRate);
    this.set('imagesPerSecond', row, imagesPerSecond);
    this.set('final.loss', row, final.loss);
    this.set('final.accuracy', row, final.accuracy);
    for (const module of measurement.modules) this.addModule(row, module);
  }

  /** The numbers of a column; undefined where nothing was ever measured in it. */
  read(key: ColumnKey): Float64Array | undefined {
    return this.columns.get(key)?.subarray(0, this.count);
  }

  /** Last finite number of a column. */
  last(key: ColumnKey): number | undefined {
    return this.read(key)?.findLast((value) => !Number.isNaN(value));
  }

  /** A copy of the rows from `from` on. */
  data(from = 0): ColumnsData {
    return {
      rows: this.count - from,
      columns: [...this.columns].map(([key, numbers]) => [key, numbers.slice(from, this.count)]),
    };
  }

  /** Appends rows given as columns. */
  append({ rows, columns }: ColumnsData): void {
    while (this.count + rows > this.capacity) this.grow();
    for (const [key, numbers] of columns) {
      this.column(key).set(numbers.subarray(0, rows), this.count);
      const cut = key.lastIndexOf('/');
      if (cut > 0) this.seenBlocks.add(key.slice(0, cut));
    }
    this.count += rows;
  }

  /** Forgets the rows after a step. */
  cutAfter(step: number): void {
    const steps = this.read('step');
    const after = steps?.findIndex((value) => value > step) ?? -1;
    if (after < 0) return;
    this.cuts++;
    for (const numbers of this.columns.values()) numbers.fill(Number.NaN, after);
    this.count = after;
  }

  private addModule(row: number, { block, independent, cascade, reconstruction, probe }: ModuleMeasurement): void {
    this.seenBlocks.add(block);
    this.set(columnKey(block, 'independent.loss'), row, independent?.loss);
    this.set(columnKey(block, 'independent.accuracy'), row, independent?.accuracy);
    this.set(columnKey(block, 'cascade.loss'), row, cascade?.loss);
    this.set(columnKey(block, 'cascade.accuracy'), row, cascade?.accuracy);
    this.set(columnKey(block, 'reconstruction'), row, reconstruction);
    this.set(columnKey(block, 'probe.loss'), row, probe?.loss);
    this.set(columnKey(block, 'probe.accuracy'), row, probe?.accuracy);
  }

  private set(key: ColumnKey, row: number, value: number | undefined): void {
    if (value !== undefined) this.column(key)[row] = value;
  }

  private column(key: ColumnKey): Float64Array<ArrayBuffer> {
    let column = this.columns.get(key);
    if (column === undefined) {
      column = new Float64Array(this.capacity).fill(Number.NaN);
      this.columns.set(key, column);
    }
    return column;
  }

  private grow(): void {
    this.capacity *= 2;
    for (const [key, column] of this.columns) {
      const larger = new Float64Array(this.capacity).fill(Number.NaN);
      larger.set(column);
      this.columns.set(key, larger);
    }
  }
}

/** A change of the live run, to mark on the charts. */
export interface Mark {
  readonly step: number;
  readonly epoch: number;
  readonly seconds: number;
  readonly before: Experiment;
  readonly after: Experiment;
}

/** All measurements of one run. It grows in place; the store counts its versions. */
export class History {
  readonly train = new Columns();
  readonly validation = new Columns();
  readonly test = new Columns();
  /** A row for each measurement of gradients. */
  readonly gradients = new Columns();
  readonly marks: Mark[] = [];

  add(measurements: readonly Measurement[]): void {
    for (const measurement of measurements) this[measurement.phase].add(measurement);
  }

  /**
   * Marks a change. Changes at one step, as a slider makes many, are one mark.
   *
   * @param step steps done when it took effect; those may still be to be measured
   */
  mark(step: number, before: Experiment, after: Experiment): void {
    const position = (column: CommonColumn) => this.train.last(column) ?? 0;
    this.setMark({ step, epoch: position('epoch'), seconds: position('seconds'), before, after });
  }

  private setMark(mark: Mark): void {
    const first = this.marks.at(-1)?.step === mark.step ? this.marks.pop() : undefined;
    const before = first?.before ?? mark.before;
    if (changedFields(before, mark.after).length > 0) this.marks.push({ ...mark, before });
  }

  /** A copy of all measurements. */
  data(): HistoryData {
    return ofSeries((series) => this[series].data());
  }

  /** Appends measurements given as columns. */
  append(data: HistoryData): void {
    for (const series of allSeries) this[series].append(data[series]);
  }

  /** Forgets what was measured after a step. */
  cutAfter(step: number): void {
    for (const series of allSeries) this[series].cutAfter(step);
  }

  /** The history of a stored run: its measurements, and its changes as marks. */
  static of(data: HistoryData, record: Pick<RunRecord, 'experiment' | 'changes'>): History {
    const history = new History();
    history.append(data);
    const steps = history.train.read('step');
    const at = (column: CommonColumn, row: number) => history.train.read(column)?.[row] ?? 0;
    let before = record.experiment;
    for (const { step, change } of record.changes) {
      const after = { ...before, ...change };
      const row = steps?.findLastIndex((value) => value <= step) ?? -1;
      history.setMark({ step, epoch: at('epoch', row), seconds: at('seconds', row), before, after });
      before = after;
    }
    return history;
  }

  /** Blocks measured in any series. */
  get blocks(): readonly string[] {
    return [...new Set(allSeries.flatMap((series) => this[series].blocks))];
  }
}
