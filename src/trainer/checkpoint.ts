import { ok, type Result } from '../base/result.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { parseExperimentText } from '../experiment/parse-text.ts';
import { fromPytorch, pytorchShape, toPytorch } from '../formats/layout.ts';
import { pytorchNames } from '../formats/pytorch-names.ts';
import type { Tensor, TensorFile } from '../formats/safetensors.ts';
import { normaliseStateDict } from '../formats/state-dict.ts';
import { problemOfMismatch } from '../formats/tensor-mismatch.ts';
import { elements, sharedModule, type Value } from '../graph/value.ts';
import type { Executor, Numbers } from '../runtime/executor.ts';
import { diverged } from './check-finite.ts';
import { writeAll } from './persistent.ts';
import type { Training } from './training.ts';

/** A persistent value with the name it has in a file. */
interface FileEntry {
  readonly name: string;
  readonly value: Value;
  /** Without it a file is refused; optimiser state and probes may be absent. */
  readonly required: boolean;
}

/** Every persistent value a file holds: weights and statistics, `optimiser.NAME`, and the probes after them. */
function fileEntries(training: Training): FileEntry[] {
  const { values } = training;
  const entries: FileEntry[] = [];
  const velocities: FileEntry[] = [];
  for (const { name, value, velocity } of pytorchNames(training.trainGraph, training.stepConfiguration)) {
    entries.push({ name, value, required: true });
    const moving = velocity === undefined ? undefined : values.get(velocity);
    if (moving !== undefined) velocities.push({ name: `optimiser.${name}`, value: moving, required: false });
  }
  for (const value of values.values()) {
    if (value.role !== 'parameter' || !value.label.startsWith('probe.')) continue;
    entries.push({ name: value.label, value, required: false });
    const moving = values.get(`velocity.${value.label}`);
    if (moving !== undefined) velocities.push({ name: `optimiser.${value.label}`, value: moving, required: false });
  }
  return [...entries, ...velocities];
}

/** A run's state that was copied between two steps; the file is made from it while the run goes on. */
export interface TakenCheckpoint {
  readonly step: number;
  /** Errors: reading fails, or a value is no number, in which case the fault is `diverged`. */
  file(): Promise<Result<TensorFile>>;
}

/**
 * Copies the run's state as it is now, of a whole step: weights and running statistics under PyTorch's names and layouts, the optimiser's
 * state, and in the metadata step, seed, schedule position and the experiment. From the file it continues exactly.
 */
export async function takeCheckpoint(training: Training, executor: Executor): Promise<Result<TakenCheckpoint>> {
  const entries = fileEntries(training);
  const { step, totalSteps, stepsPerEpoch } = training.position;
  const { experiment, seconds } = training;
  const taken = await executor.snapshot(entries.map(({ value }) => value.label));
  if (!taken.ok) return taken;
  return ok({
    step,
    async file() {
      const values = await taken.value.values();
      if (!values.ok) return values;
      const tensors = new Map<string, Tensor>();
      for (const { name, value } of entries) {
        const data = toPytorch(Float32Array.from(values.value.get(value.label) as Numbers), value.shape);
        tensors.set(name, { shape: pytorchShape(value.shape), data });
      }
      const metadata = {
        format: 'pt',
        producer: 'hpff-playground 1',
        step: String(step),
        total_steps: String(totalSteps),
        steps_per_epoch: String(stepsPerEpoch),
        seconds: String(seconds),
        seed: String(experiment.seed),
        experiment: JSON.stringify(experiment),
      };
      // Losses and gradients may be finite still where a running variance is not.
      const broken = brokenTensor({ tensors, metadata });
      if (broken === undefined) return ok({ tensors, metadata });
      const module = entries.find(({ name }) => name === broken)?.value.module ?? sharedModule;
      const place = module >= 0 ? `module ${module}` : 'the probes';
      return diverged(step, `"${broken}" of ${place} holds values that are no numbers`, place);
    },
  });
}

/** The first tensor with a value that is no finite number. */
export function brokenTensor({ tensors }: TensorFile): string | undefined {
  for (const [name, { data }] of tensors) if (!allFinite(data)) return name;
  return undefined;
}

const allFinite = (data: Tensor['data']): boolean => !(data instanceof Float32Array) || data.every(Number.isFinite);

/** The run as a tensor file, as it is now; see `takeCheckpoint`. */
export async function saveCheckpoint(training: Training, executor: Executor): Promise<Result<TensorFile>> {
  const taken = await takeCheckpoint(training, executor);
  return taken.ok ? taken.value.file() : taken;
}

/** The experiment a checkpoint's metadata holds, or undefined where it holds none. */
export function experimentOfCheckpoint(file: TensorFile): Result<Experiment> | undefined {
  const text = file.metadata.experiment;
  return text === undefined ? undefined : parseExperimentText(text, 'the weights file');
}

/** Contents of a checkpoint, checked against a run's shapes; nothing has been written yet. */
export interface CheckedCheckpoint {
  readonly contents: ReadonlyMap<string, Numbers>;
  /** Whether the optimiser's state is there, so that training continues exactly. */
  readonly continues: boolean;
  /** The file is of a network alone, as PyTorch trains one: the auxiliary networks start anew. */
  readonly withoutAuxiliary: boolean;
  readonly step: number;
  readonly seconds: number;
}

/**
 * Checks that a file holds what the run needs: own exports, and state dicts of the same network trained elsewhere. The error's details list
 * every tensor that is missing, unknown, of another shape or type, or no longer finite.
 */
export function checkCheckpoint(given: TensorFile, training: Training, name: string): Result<CheckedCheckpoint> {
  const { tensors, metadata } = normaliseStateDict(given);
  const contents = new Map<string, Numbers>();
  const missing: string[] = [];
  const unlike: [string, string][] = [];
  const entries = fileEntries(training);
  const withoutAuxiliary =
    entries.some(({ name: key }) => isAuxiliary(key)) && ![...tensors.keys()].some((key) => isAuxiliary(key));
  const optional = ({ name: key, required }: FileEntry) => !required || (withoutAuxiliary && isAuxiliary(key));
  for (const entry of entries) {
    const { name: key, value } = entry;
    const tensor = tensors.get(key);
    if (tensor !== undefined) {
      const problem = problemOfTensor(tensor, value);
      if (problem === undefined) contents.set(value.label, fromPytorch(tensor.data, value.shape));
      else unlike.push([key, problem]);
    } else if (!optional(entry)) missing.push(key);
  }
  const known = new Set(entries.map(({ name: key }) => key));
  const unexpected = [...tensors.keys()].filter((key) => !known.has(key) && !isExtra(key));
  const velocities = entries.filter(
    ({ name: key }) => key.startsWith('optimiser.') && !key.startsWith('optimiser.probe.'),
  );
  const without = velocities.filter(({ name: key }) => !tensors.has(key));
  // A state dict has none; an export has all.
  if (without.length < velocities.length) missing.push(...without.map(({ name: key }) => key));
  const error = problemOfMismatch(
    `${name} does not fit this experiment`,
    { missing, unexpected, unlike },
    'Nothing was taken over. Import it together with its own experiment.json, or choose network, widths, cuts and method as it was trained.',
    name,
  );
  if (error !== undefined) return { ok: false, error };
  const continues = without.length === 0 && isCount(metadata.step);
  const step = continues ? Number(metadata.step) : 0;
  const seconds = continues && Number.isFinite(Number(metadata.seconds)) ? Number(metadata.seconds) : 0;
  return ok({ contents, continues, withoutAuxiliary, step, seconds });
}

const isAuxiliary = (name: string): boolean => /^(optimiser\.)?(ian|can)\./.test(name);

/** Tensors of other methods, cuts and optimisers, which a file may hold beside the network's. */
const isExtra = (name: string): boolean => /^(optimiser|ian|can|probe)\./.test(name);

function problemOfTensor({ shape, data }: Tensor, value: Value): string | undefined {
  const wanted = pytorchShape(value.shape);
  if (shape.join() !== wanted.join() || data.length !== elements(value.shape))
    return `has shape [${shape.join(', ')}], but this experiment needs [${wanted.join(', ')}]`;
  if (!(data instanceof Float32Array)) return 'is not of type F32';
  return allFinite(data) ? undefined : 'holds values that are no numbers; its training had diverged';
}

/** Restores a checked file into a run at step 0; without optimiser state a new schedule starts from these weights. */
export async function restoreCheckpoint(
  checked: CheckedCheckpoint,
  training: Training,
  executor: Executor,
): Promise<Result<void>> {
  const written = await writeAll(executor, checked.contents);
  if (written.ok) training.moveTo(checked.step, checked.seconds);
  return written;
}

const isCount = (text: string | undefined): boolean => text !== undefined && /^\d{1,12}$/.test(text);
