import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commonOptions, describeOptions, parseArguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { inLanes } from '../lanes.ts';
import { checkGoldens } from '../test/check-goldens.ts';
import { fixtures } from '../test/places.ts';
import { type Mutant, mutants } from './mutants.ts';
import { copySources, mutate } from './source-copy.ts';

const options = commonOptions;

/** `mutants`: makes each mistake in a copy of the sources and checks that the golden files notice. */
export const mutantsCommand: Command = async (argv, output) => {
  const parsed = parseArguments(argv, options);
  if (!parsed.ok) {
    output.note(parsed.error.message);
    return 1;
  }
  if (parsed.value.values.help) {
    output.line(
      `npm run -s mutants\nBreaks a copy of the program in ${mutants.length} ways; the golden files must notice each.\n\n${describeOptions(options)}`,
    );
    return 0;
  }
  const used = [...new Set(mutants.flatMap(({ goldens }) => goldens))];
  const untouched = copySources('untouched');
  const before = await checkGoldens(used.map(fixturePath), { folder: untouched, executor: 'interpreter' });
  rmSync(untouched, { recursive: true, force: true });
  const wrong = before.problem ?? [...before.refused, ...before.failed].join(', ');
  if (wrong !== '') {
    output.line(`FAIL untouched copy: ${wrong}`);
    output.line('0 passed, 1 failed');
    return 1;
  }
  output.line(`ok untouched copy: ${used.join(', ')} pass`);
  let passed = 1;
  await inLanes(2, mutants, async (mutant) => {
    const caught = await tryMutant(mutant);
    output.line(caught.line);
    if (caught.ok) passed++;
  });
  const failed = mutants.length + 1 - passed;
  output.line(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
};

const fixturePath = (name: string): string => join(fixtures, `${name}.safetensors`);

async function tryMutant(mutant: Mutant): Promise<{ readonly ok: boolean; readonly line: string }> {
  const { name, goldens } = mutant;
  const missing = goldens.find((golden) => !existsSync(fixturePath(golden)));
  if (missing !== undefined) return { ok: false, line: `FAIL ${name}: there is no golden file ${missing}` };
  const folder = copySources(name);
  try {
    const changed = mutate(folder, mutant);
    if (!changed.ok) return { ok: false, line: `FAIL ${name}: ${changed.error.message}` };
    const { failed, refused, problem } = await checkGoldens(goldens.map(fixturePath), {
      folder,
      executor: 'interpreter',
    });
    const broken = problem ?? refused[0];
    if (broken !== undefined)
      return { ok: false, line: `FAIL ${name}: the program broke instead of being wrong: ${broken}` };
    if (failed.length === 0) return { ok: false, line: `FAIL ${name}: not noticed by ${goldens.join(', ')}` };
    return { ok: true, line: `ok ${name}: caught by ${failed.join(', ')}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
