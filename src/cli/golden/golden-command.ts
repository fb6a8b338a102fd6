import { existsSync } from 'node:fs';
import { deviceInWords } from '../../runtime/executor.ts';
import { commonOptions, describeOptions, parseArguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { listExecutors, openExecutor, parseExecutorName } from '../executors.ts';
import { checkGoldenFile } from './golden-line.ts';

const options = {
  executor: { value: 'NAME', help: 'what to compute on; default: WebGPU where there is a GPU, else tfjs-wasm' },
  data: { value: 'DIR', help: "folder with CIFAR-10's .bin files, which learning-* files need" },
  ...commonOptions,
} as const;

/** `golden FILE...`: repeats reference training cases and prints a line for each. Exit code 1 where one fails. */
export const goldenCommand: Command = async (argv, output) => {
  const parsed = parseArguments(argv, options, true);
  if (!parsed.ok) return refuse(parsed.error.message);
  const { values, rest: files } = parsed.value;
  if (values.help) {
    output.line(await help());
    return 0;
  }
  if (files.length === 0) return refuse('Name the golden files to check (*.safetensors). See --help.');
  const { data } = values;
  if (data !== undefined && !existsSync(data))
    return refuse(`--data ${data}: there is no such folder. Name the one with CIFAR-10's .bin files.`);
  const name = parseExecutorName(values.executor);
  if (!name.ok) return refuse(name.error.message);
  const executor = await openExecutor(name.value);
  if (!executor.ok) return refuse(executor.error.message);
  output.note(`On ${executor.value.name}: ${deviceInWords(executor.value)}.`);
  let code = 0;
  for (const file of files) {
    const { state, line } = await checkGoldenFile(file, executor.value, data);
    output.line(line);
    if (state === 'FAIL') code = 1;
  }
  return code;

  function refuse(message: string): number {
    output.note(message);
    return 1;
  }
};

async function help(): Promise<string> {
  const executors = (await listExecutors()).map(
    ({ name, usable, reason }) => `  ${name.padEnd(13)}${usable ? '' : 'not here: '}${reason}`,
  );
  return [
    'npm run -s golden -- FILE... [options]',
    'Repeats reference training cases. Prints a line a file: error/tolerance of each kind. Exit code 1 if one fails.',
    '',
    describeOptions(options),
    '',
    'Executors:',
    ...executors,
  ].join('\n');
}
