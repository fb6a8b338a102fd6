import type { Locks } from '../base/locks.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { RunRecord } from '../runs/run-record.ts';
import type { FileStore } from './file-store.ts';
import { StoredRun } from './stored-run.ts';

const top = 'runs';
/** In the folder of a run that was deleted and can still be brought back; holds when. */
const deletedName = 'deleted';
/** Milliseconds until a deleted run is gone for good, at the next visit. */
const undoTime = 60 * 60 * 1000;

export interface ListedRuns {
  /** Newest first. */
  readonly records: readonly RunRecord[];
  /** Runs that are there and cannot be read, in words. */
  readonly problems: readonly string[];
}

/** All runs of a store, each in its own folder. */
export class RunArchive {
  constructor(
    private readonly files: FileStore,
    private readonly locks: Locks,
  ) {}

  run(id: string): StoredRun {
    return new StoredRun(this.files, `${top}/${id}`);
  }

  /** The right to write a run, which one page has at a time; the answer gives it back. Errors: another page has it. */
  async lock(id: string): Promise<Result<() => void>> {
    const release = await this.locks.acquire(`hpff-run-${id}`);
    return release === undefined
      ? fail('This run is open in another tab. Go on there, or close that tab and try again.', id)
      : ok(release);
  }

  async list(): Promise<Result<ListedRuns>> {
    const folders = await this.files.list(top);
    if (!folders.ok) return folders;
    const records: RunRecord[] = [];
    const problems: string[] = [];
    for (const { name, kind } of folders.value) {
      if (kind !== 'folder' || (await this.deletedAt(name)) !== undefined) continue;
      const record = await this.run(name).readRecord();
      if (!record.ok) problems.push(record.error.message);
      else if (record.value?.id === name) records.push(record.value);
    }
    return ok({ records: records.sort((a, b) => (a.created < b.created ? 1 : -1)), problems });
  }

  async record(id: string): Promise<Result<RunRecord>> {
    const read = await this.run(id).readRecord();
    if (!read.ok) return read;
    if (read.value === undefined || (await this.deletedAt(id)) !== undefined)
      return fail('This run is not stored any more.', id);
    return ok(read.value);
  }

  /** Takes a run from the list; until it is purged, `restore` brings it back. */
  async delete(id: string): Promise<Result<void>> {
    const lock = await this.lock(id);
    if (!lock.ok) return lock;
    const written = await this.files.write(`${top}/${id}/${deletedName}`, new TextEncoder().encode(String(Date.now())));
    lock.value();
    return written;
  }

  restore(id: string): Promise<Result<void>> {
    return this.files.remove(`${top}/${id}/${deletedName}`);
  }

  /**
   * Frees what deleted runs hold.
   *
   * @param age milliseconds since they were deleted
   * @returns how many are gone for good
   */
  async purge(age = undoTime): Promise<Result<number>> {
    let purged = 0;
    const folders = await this.files.list(top);
    if (!folders.ok) return folders;
    for (const { name } of folders.value) {
      const deleted = await this.deletedAt(name);
      // A clock that was set back must not keep them for ever.
      if (deleted === undefined || Math.abs(Date.now() - deleted) < age) continue;
      const removed = await this.files.remove(`${top}/${name}`);
      if (!removed.ok) return removed;
      purged += 1;
    }
    return ok(purged);
  }

  private async deletedAt(id: string): Promise<number | undefined> {
    const read = await this.files.read(`${top}/${id}/${deletedName}`);
    if (!read.ok || read.value === undefined) return undefined;
    return Number(new TextDecoder().decode(read.value)) || 0;
  }
}
