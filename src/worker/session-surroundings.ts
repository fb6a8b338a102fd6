import type { RunArchive } from '../archive/run-archive.ts';
import type { SetFiles } from '../archive/sets/set-cache.ts';
import type { Problem } from '../base/result.ts';
import type { Measurement } from '../runs/measurement.ts';
import type { Provenance, RunRecord } from '../runs/run-record.ts';
import type { Progress, RunInfo } from './protocol.ts';

/** What a session tells. */
export interface SessionListener {
  measured(measurement: Measurement): void;
  progress(progress: Progress): void;
  preparing(what: string, share: number | undefined): void;
  failed(problem: Problem): void;
  /** A record is new or changed. */
  recorded(record: RunRecord): void;
  /** Storing the live run failed, or works again. */
  storing(problem: Problem | undefined): void;
  /** Changes of the run that the live one repeats were made. */
  replayed(run: RunInfo): void;
  /** One of them could not be made: those still to come are left out, and the run is paused. */
  replayEnded(problem: Problem): void;
}

/** What a session needs of the world around it. */
export interface SessionSurroundings {
  /** Where tfjs' .wasm files are; left out on Node, which finds them. */
  readonly wasmPaths: Readonly<Record<string, string>> | undefined;
  readonly archive: RunArchive;
  readonly version: Pick<Provenance, 'appVersion' | 'commit'>;
  /** Where decoded images are kept; left out where the browser has no private files. */
  readonly sets?: SetFiles | undefined;
  /** Milliseconds awake; replaced in tests. */
  readonly now?: (() => number) | undefined;
}
