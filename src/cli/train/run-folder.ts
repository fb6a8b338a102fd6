import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { type TensorFile, writeSafetensors } from '../../formats/safetensors.ts';
import type { History, Phase } from '../../runs/history.ts';
import { fileReason } from '../file-errors.ts';
import { MetricsTable } from './metrics-table.ts';

/** The folder a run is written to: `experiment.json` at once, `metrics.csv` row by row, `weights.safetensors` at the end. */
export interface RunFolder {
  /**
   * @param history grows while the run is trained; of a run that goes on, holds what was measured before
   * @param continues whether the folder holds the run already
   */
  begin(experiment: Experiment, history: History, continues: boolean): Result<void>;
  /** The history has a new row of a phase. */
  measured(phase: Phase): Result<void>;
  finish(weights: TensorFile): Result<string>;
  close(): void;
}

const inJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Files of `StoredRun`. */
const keptFile = /^(record\.json|history-\d+\.bin|checkpoint-\d+\.bin)$/;

/** Prepares the folder. Errors: it holds files already and may not be overwritten, or cannot be written. */
export function openRunFolder(path: string, overwrite: boolean): Result<RunFolder> {
  const attempt = <Value>(body: () => Value): Result<Value> => {
    try {
      return ok(body());
    } catch (error) {
      return fail(`--out ${path} cannot be written: ${fileReason(error)}. Choose another folder.`, '--out');
    }
  };
  const present = attempt(() => (existsSync(path) ? readdirSync(path) : []));
  if (!present.ok) return present;
  if (present.value.length > 0 && !overwrite) {
    return fail(`--out ${path} is not empty. Choose another folder, or replace the run in it by --overwrite.`, '--out');
  }
  let table: MetricsTable | undefined;
  return ok({
    begin: (experiment, history, continues) =>
      attempt(() => {
        mkdirSync(path, { recursive: true });
        // Weights of another run must not lie beside this one's metrics.
        rmSync(join(path, 'weights.safetensors'), { force: true });
        // Nor may its checkpoints be taken for this one's.
        if (!continues)
          for (const name of readdirSync(path)) if (keptFile.test(name)) rmSync(join(path, name), { force: true });
        writeFileSync(join(path, 'experiment.json'), inJson(experiment));
        table = new MetricsTable(join(path, 'metrics.csv'), history);
      }),
    measured: (phase) => attempt(() => table?.measured(phase)),
    finish: (weights) =>
      attempt(() => {
        const final = join(path, 'weights.safetensors');
        writeFileSync(`${final}.part`, writeSafetensors(weights));
        renameSync(`${final}.part`, final);
        return final;
      }),
    close() {
      table?.close();
      table = undefined;
    },
  });
}
