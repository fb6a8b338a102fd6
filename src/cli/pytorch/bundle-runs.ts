import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { expectOk } from '../../base/result.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { pytorchBundle } from '../../formats/pytorch/bundle.ts';
import { parseSafetensors, type TensorFile } from '../../formats/safetensors.ts';
import { readBundleSources } from '../export/bundle-sources.ts';
import { fewRunImages } from '../export/tiny-run.ts';
import { runProgram } from '../run-program.ts';
import type { Python } from './find-python.ts';
import { type NamedLosses, readMetricLines } from './losses.ts';

/** What `train.py` of a bundle did. */
export interface BundleRun {
  readonly losses: ReadonlyMap<number, NamedLosses>;
  readonly weights: TensorFile;
}

/** How a bundle is run: in one process or several, and with which options. */
export interface BundleOptions {
  readonly steps: number;
  readonly processes?: number;
  readonly options?: readonly string[];
}

/** Exports a run as a bundle, unpacks it and goes on with it in PyTorch. Throws what Python said where that fails. */
export async function runBundle(
  { program }: Python,
  experiment: Experiment,
  file: TensorFile,
  { steps, processes = 1, options = [] }: BundleOptions,
): Promise<BundleRun> {
  const bundle = expectOk(
    pytorchBundle(experiment, file, readBundleSources(), { images: fewRunImages, withImages: true }),
  );
  const folder = mkdtempSync(join(tmpdir(), 'hpff-bundle-'));
  try {
    for (const [name, content] of Object.entries(unzipSync(bundle))) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const lines: string[] = [];
    // What torchrun runs. Debian's PyTorch 1.13 under Python 3.11 cannot read its own defaults of the last two options.
    const torchrun = ['-m', 'torch.distributed.run', '--standalone', '--nproc_per_node', String(processes)];
    const output = ['--redirects', '1', '--tee', '2', '--log_dir', join(folder, 'log')];
    const launcher = processes === 1 ? [] : [...torchrun, ...output];
    const args = [...launcher, join(folder, 'train.py'), '--device', 'cpu', '--steps', String(steps), ...options];
    const env = { ...process.env, OMP_NUM_THREADS: '1' };
    const ended = await runProgram(program, args, { env, onLine: (line) => lines.push(line), timeout: 300_000 });
    if (ended.code !== 0) throw new Error(lines.slice(-12).join('\n'));
    const out = join(folder, 'out');
    return {
      losses: readMetricLines(join(out, 'metrics.jsonl')),
      weights: expectOk(parseSafetensors(readFileSync(join(out, 'weights.safetensors')), 'weights.safetensors')),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
