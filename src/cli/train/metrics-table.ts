import { closeSync, openSync, writeSync } from 'node:fs';
import { allSeries, type ColumnKey, type History, type Phase } from '../../runs/history.ts';
import { csvColumns, csvRow, historyCsv } from '../../runs/history-csv.ts';

/** `metrics.csv` while a run is trained: what the page exports as CSV, row by row. Its functions throw where it cannot be written. */
export class MetricsTable {
  private file: number | undefined;
  private width = 0;
  private columns: readonly ColumnKey[] = [];

  constructor(
    private readonly path: string,
    private readonly history: History,
  ) {
    this.writeAll();
  }

  /** Writes the row measured last in a phase; all of them anew where it has a column that none had before. */
  measured(phase: Phase): void {
    if (this.file === undefined) return;
    if (widthOf(this.history) !== this.width) this.writeAll();
    else writeSync(this.file, csvRow(this.history, phase, this.history[phase].length - 1, this.columns));
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  private writeAll(): void {
    this.close();
    this.width = widthOf(this.history);
    this.columns = csvColumns(this.history);
    this.file = openSync(this.path, 'w');
    for (const piece of historyCsv(this.history)) writeSync(this.file, piece);
  }
}

const widthOf = (history: History): number => allSeries.reduce((sum, series) => sum + history[series].width, 0);
