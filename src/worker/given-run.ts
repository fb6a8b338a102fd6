import { fail, ok, type Result } from '../base/result.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { parseExperimentText } from '../experiment/parse-text.ts';
import { readRunZip } from '../formats/run-zip/run-zip.ts';
import { parseSafetensors, type TensorFile } from '../formats/safetensors.ts';
import type { History } from '../runs/history.ts';
import { experimentNow, type RunRecord } from '../runs/run-record.ts';
import { experimentOfCheckpoint } from '../trainer/checkpoint.ts';

/** What files given to import hold; nothing has been changed by reading them. */
export interface GivenRun {
  readonly weights: TensorFile;
  /** The experiment given with the weights, or the file's own; undefined where it has none. */
  readonly experiment: Experiment | undefined;
  /** Of a run that was exported whole. */
  readonly whole: { readonly record: RunRecord; readonly history: History } | undefined;
}

/** Reads a `.hpff.zip`, or weights as safetensors. Errors name the file and what is wrong with it. */
export async function readGivenRun(file: File, experimentFile: File | undefined): Promise<Result<GivenRun>> {
  const name = file.name.toLowerCase();
  if (/\.(pt|pth|ckpt)$/.test(name)) {
    return fail(
      `${file.name} is a Python pickle, which could run code and is not read here. Convert it where PyTorch is: python3 -c "import sys, torch; from safetensors.torch import save_file; save_file(torch.load(sys.argv[1], map_location='cpu'), 'weights.safetensors')" ${file.name}`,
      file.name,
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (name.endsWith('.zip')) {
    const run = readRunZip(bytes, file.name);
    if (!run.ok) return run;
    const { record, history, weights } = run.value;
    // What was measured after the weights were saved will be measured again.
    history.cutAfter(Number(weights.metadata.step));
    return ok({ weights, experiment: experimentNow(record), whole: { record, history } });
  }
  const weights = parseSafetensors(bytes, file.name);
  if (!weights.ok) return weights;
  const experiment =
    experimentFile === undefined
      ? experimentOfCheckpoint(weights.value)
      : parseExperimentText(await experimentFile.text(), experimentFile.name);
  if (experiment !== undefined && !experiment.ok) return experiment;
  return ok({ weights: weights.value, experiment: experiment?.value, whole: undefined });
}
