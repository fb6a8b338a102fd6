import { fail, ok, type Result } from '../base/result.ts';
import { type Candidate, startExecutor, surveyExecutors } from '../runtime/choose.ts';
import type { Executor, ExecutorName } from '../runtime/executor.ts';
import { measureRate } from '../trainer/calibration.ts';
import type { ExecutorChoice } from './protocol.ts';

/** A started executor, how fast a trial found it, and why it was taken. */
export interface ChosenExecutor {
  readonly executor: Executor;
  /** Multiply-adds a second in the trial; undefined where none was made. */
  readonly rate: number | undefined;
  readonly note: string | undefined;
}

type WasmPaths = Readonly<Record<string, string>> | undefined;

let survey: Promise<Candidate[]> | undefined;

/** What can be used here; looked at once. */
export function executorStates(): Promise<Candidate[]> {
  survey ??= surveyExecutors();
  return survey;
}

/** Which executor a choice stands for before any is started: a GPU's, else the processor's. */
export async function nameOfChoice(choice: ExecutorChoice): Promise<ExecutorName> {
  if (choice !== 'auto') return choice;
  const webgpu = (await executorStates()).find(({ name }) => name === 'webgpu');
  return webgpu?.hardware === true ? 'webgpu' : 'tfjs-wasm';
}

/** Starts the executor of a choice. Without a GPU for WebGPU, WASM, or WebGL where that is exact and a trial finds it faster. */
export async function chooseExecutor(choice: ExecutorChoice, wasmPaths: WasmPaths): Promise<Result<ChosenExecutor>> {
  const states = await executorStates();
  const stateOf = (name: ExecutorName) => states.find((state) => state.name === name) as Candidate;
  const name = await nameOfChoice(choice);
  const state = stateOf(name);
  if (!state.usable) return fail(`${name} cannot be used here: ${state.reason}. Choose another executor.`, 'executor');
  const started = await tryOut(name, wasmPaths, state.hardware || name === 'tfjs-wasm');
  if (!started.ok || choice !== 'auto' || name === 'webgpu')
    return withNote(started, choice === 'auto' ? undefined : chosenNote(state));

  const why = `There is no GPU for WebGPU here (${stateOf('webgpu').reason})`;
  if (!stateOf('tfjs-webgl').hardware)
    return withNote(started, `${why}: training runs on the processor, through WebAssembly.`);
  const rival = await tryOut('tfjs-webgl', wasmPaths, true);
  if (rival.ok && (rival.value.rate ?? 0) > (started.value.rate ?? 0)) {
    started.value.executor.dispose();
    return withNote(rival, `${why}: training runs on WebGL, which a short trial found faster than WebAssembly.`);
  }
  if (rival.ok) rival.value.executor.dispose();
  const lost = rival.ok ? 'a short trial found WebGL slower' : `WebGL was refused: ${rival.error.message}`;
  return withNote(started, `${why}: training runs on the processor, through WebAssembly; ${lost}.`);
}

const chosenNote = ({ name, hardware, reason }: Candidate): string =>
  hardware ? `Chosen by hand: ${reason}.` : `Chosen by hand: ${name}, ${reason}.`;

/** Starts an executor and times it, where a trial is quick; on an emulated GPU it is not. */
async function tryOut(name: ExecutorName, wasmPaths: WasmPaths, trial: boolean): Promise<Result<ChosenExecutor>> {
  const started = await startExecutor(name, wasmPaths);
  if (!started.ok) return started;
  const executor = started.value;
  if (!trial) return ok({ executor, rate: undefined, note: undefined });
  const rate = await measureRate(executor);
  if (rate.ok) return ok({ executor, rate: rate.value, note: undefined });
  executor.dispose();
  return rate;
}

const withNote = (chosen: Result<ChosenExecutor>, note: string | undefined): Result<ChosenExecutor> =>
  chosen.ok ? ok({ ...chosen.value, note }) : chosen;
