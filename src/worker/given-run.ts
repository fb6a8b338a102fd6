import { isPytorchFile, signatureBytes } from '../base/pytorch-file.ts';
import { ok, type Problem, type Result } from '../base/result.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { readRunZip } from '../formats/run-zip/run-zip.ts';
import { parseSafetensors, type TensorFile } from '../formats/safetensors.ts';
import type { History } from '../runs/history.ts';
import { experimentOfText } from '../runs/record-text.ts';
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
  const start = new Uint8Array(await file.slice(0, signatureBytes).arrayBuffer());
  if (isPytorchFile(name, start)) return asPickle(file.name);
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
      : experimentOfText(await experimentFile.text(), experimentFile.name);
  if (experiment !== undefined && !experiment.ok) return experiment;
  return ok({ weights: weights.value, experiment: experiment?.value, whole: undefined });
}

/** The refusal of a file of torch.save, with what makes safetensors of it. */
function asPickle(name: string): { readonly ok: false; readonly error: Problem } {
  const text = (words: string) => JSON.stringify(words);
  const into = `${name.replace(/\.\w+$/, '')}.safetensors`;
  return {
    ok: false,
    error: {
      message: `${name} is a Python pickle, which can run code when it is read, so it is not read here. Convert it where PyTorch is, with safetensors.torch.save_file, and import ${into}. Of a checkpoint that holds more than a state dict, take the state dict.`,
      where: name,
      code: [
        'import torch; from safetensors.torch import save_file',
        `save_file(torch.load(${text(name)}, map_location="cpu", weights_only=True), ${text(into)})`,
      ].join('\n'),
    },
  };
}
