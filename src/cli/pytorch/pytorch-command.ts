import { join } from 'node:path';
import { commonOptions, describeOptions, parseArguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { bundleFolder } from '../export/bundle-sources.ts';
import { repository } from '../node-script.ts';
import { runProgram } from '../run-program.ts';
import { goldenFiles } from '../test/places.ts';
import { bundleChecks } from './bundle-checks.ts';
import { findPytorch } from './find-python.ts';

const options = commonOptions;
const tolerance = 1e-4;

/** `pytorch`: checks the PyTorch bundle with PyTorch itself; without it, says so. */
export const pytorchCommand: Command = async (argv, output) => {
  const parsed = parseArguments(argv, options);
  if (!parsed.ok) {
    output.note(parsed.error.message);
    return 1;
  }
  if (parsed.value.values.help) {
    output.line(
      [
        'npm run -s pytorch',
        'Checks the PyTorch bundle: golden files, runs that go on, two processes. PYTHON names a Python with PyTorch.',
        '',
        describeOptions(options),
      ].join('\n'),
    );
    return 0;
  }
  const python = await findPytorch();
  if (python === undefined) {
    output.line(
      'NOT CHECKED: no Python here imports torch, so the PyTorch bundle was not run (Debian: apt-get install python3-torch; or name one by PYTHON).',
    );
    output.line('0 passed, 0 failed');
    return 0;
  }
  output.line(`PyTorch ${python.torch}, ${python.program}`);
  let passed = 0;
  let failed = 0;
  const count = (good: boolean, line: string) => {
    if (good) passed++;
    else failed++;
    output.line(`${good ? 'ok' : 'FAIL'} ${line}`);
  };
  const files = goldenFiles().files.filter((path) => !path.includes('learning-'));
  let answered = 0;
  await runProgram(
    python.program,
    [join(repository, 'src', 'cli', 'pytorch', 'golden_check.py'), bundleFolder, ...files],
    {
      timeout: 900_000,
      // The sources stay without compiled files.
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
      onLine(line) {
        const [, verdict, words] = /^(ok|FAIL) (.*)$/.exec(line) ?? [];
        if (words === undefined) return output.note(line);
        answered++;
        count(verdict === 'ok', `golden ${words}`);
      },
    },
  );
  if (answered < files.length) count(false, `golden: ${files.length - answered} files without an answer`);
  for (const check of bundleChecks) {
    try {
      const difference = await check.run(python);
      count(difference < tolerance, `${check.name}: differs by ${difference.toExponential(1)}`);
    } catch (error) {
      count(false, `${check.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  output.line(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
};
