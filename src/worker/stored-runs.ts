import type { RunArchive } from '../archive/run-archive.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { HistoryData } from '../runs/history.ts';
import type { RunRecord } from '../runs/run-record.ts';
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
