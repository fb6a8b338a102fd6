import { readResumption } from '../archive/resumption.ts';
import type { RunArchive } from '../archive/run-archive.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { type ExportedFile, exportRun } from '../formats/export-run.ts';
import type { ExportFormatName, ExportOptions } from '../runs/export-formats.ts';
import type { HistoryData } from '../runs/history.ts';
import type { RunRecord } from '../runs/run-record.ts';
import { bundleSources } from './export-live.ts';
import type { LiveRun } from './live-run.ts';
import type { Answers } from './protocol.ts';

/** What can be done with runs that are stored, the live one among them, without training. */
export class StoredRuns {
  constructor(
    private readonly archive: RunArchive,
    private readonly live: () => LiveRun | undefined,
    private readonly recorded: (record: RunRecord) => void,
  ) {}

  async list(): Promise<Result<Answers['listRuns']>> {
    const listed = await this.archive.list();
    if (!listed.ok) return listed;
    const live = this.live()?.record;
    if (live === undefined) return listed;
    const others = listed.value.records.filter(({ id }) => id !== live.id);
    return ok({ ...listed.value, records: [live, ...others] });
  }

  async readHistory(id: string): Promise<Result<HistoryData>> {
    const live = this.liveOf(id);
    if (live !== undefined) return ok(live.recorder.history.data());
    const read = await this.archive.run(id).readHistory();
    return read.ok ? ok(read.value.history.data()) : read;
  }

  /** A stored run in a format, at its last good checkpoint. Errors: there is none, or the format needs images. */
  async export(id: string, format: ExportFormatName, options: ExportOptions): Promise<Result<ExportedFile>> {
    const record = await this.archive.record(id);
    if (!record.ok) return record;
    const read = await readResumption(this.archive.run(id), record.value);
    if (!read.ok) return read;
    const { checkpoint, experiment, history } = read.value;
    if (checkpoint === undefined)
      return fail('There is no checkpoint of this run that can be read, so there are no weights to export.', id);
    return exportRun(
      format,
      {
        experiment,
        weights: ok(checkpoint),
        measured: { record: read.value.record, history },
        images: async () => fail('Its images are not at hand. Resume the run, then export them.', 'images'),
        bundleSources,
      },
      options,
    );
  }

  async rename(id: string, name: string | undefined): Promise<Result<void>> {
    const live = this.liveOf(id);
    if (live !== undefined) {
      live.recorder.rename(name);
      this.recorded(live.record);
      return live.recorder.isStored ? live.recorder.saveRecord() : ok(undefined);
    }
    const lock = await this.archive.lock(id);
    if (!lock.ok) return lock;
    const renamed = await this.writeName(id, name);
    lock.value();
    return renamed;
  }

  async delete(id: string): Promise<Result<void>> {
    if (this.liveOf(id) !== undefined)
      return fail('This run is the live one. Start or resume another, then delete it.', id);
    return this.archive.delete(id);
  }

  async restore(id: string): Promise<Result<void>> {
    const restored = await this.archive.restore(id);
    if (!restored.ok) return restored;
    const record = await this.archive.record(id);
    if (record.ok) this.recorded(record.value);
    return record.ok ? ok(undefined) : record;
  }

  private async writeName(id: string, name: string | undefined): Promise<Result<void>> {
    const record = await this.archive.record(id);
    if (!record.ok) return record;
    const renamed = { ...record.value, name };
    const written = await this.archive.run(id).writeRecord(renamed);
    if (written.ok) this.recorded(renamed);
    return written;
  }

  private liveOf(id: string): LiveRun | undefined {
    const live = this.live();
    return live?.recorder.record.id === id ? live : undefined;
  }
}
