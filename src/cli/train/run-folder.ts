import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { type TensorFile, writeSafetensors } from '../../formats/safetensors.ts';
import type { Measurement } from '../../runs/measurement.ts';
import { fileReason } from '../file-errors.ts';
import { metricsHeader, metricsRow } from './metrics-table.ts';

/** The folder a run is written to: `experiment.json` at once, `metrics.csv` row by row, `weights.safetensors` at the end. */
export interface RunFolder {
  /**
   * @param modules the most that the run has at any step
   * @param after the step a run goes on from: what was measured until then stays
   */
  begin(experiment: Experiment, modules: number, after?: number): Result<void>;
  measured(measurement: Measurement): Result<void>;
  finish(weights: TensorFile): Result<string>;
  close(): void;
}

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
  let table: number | undefined;
  let columns = 0;
  return ok({
    begin: (experiment, modules, after) =>
      attempt(() => {
        const metrics = join(path, 'metrics.csv');
        const rows =
          after === undefined || !existsSync(metrics) ? [] : readFileSync(metrics, 'utf8').split('\n').slice(1);
        columns = modules;
        mkdirSync(path, { recursive: true });
        // Weights of another run must not lie beside this one's metrics.
        rmSync(join(path, 'weights.safetensors'), { force: true });
        // Nor may its checkpoints be taken for this one's.
        if (after === undefined)
          for (const name of readdirSync(path)) if (keptFile.test(name)) rmSync(join(path, name), { force: true });
        writeFileSync(join(path, 'experiment.json'), `${JSON.stringify(experiment, undefined, 2)}\n`);
        table = openSync(metrics, 'w');
        const kept = rows.filter((row) => row !== '' && Number(row.split(',')[1]) <= (after ?? 0));
        writeSync(table, [metricsHeader(modules), ...kept, ''].join('\n'));
      }),
    measured: (measurement) =>
      attempt(() => {
        if (table !== undefined) writeSync(table, `${metricsRow(measurement, columns)}\n`);
      }),
    finish: (weights) =>
      attempt(() => {
        const final = join(path, 'weights.safetensors');
        writeFileSync(`${final}.part`, writeSafetensors(weights));
        renameSync(`${final}.part`, final);
        return final;
      }),
    close() {
      if (table !== undefined) closeSync(table);
      table = undefined;
    },
  });
}
