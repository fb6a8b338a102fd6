import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fail, ok, type Result } from '../../base/result.ts';
import { repository } from '../node-script.ts';
import type { Mutant } from './mutants.ts';

/** Folders of `src` that checking golden files does without. */
const leftOut = ['app', 'store', 'worker', join('cli', 'golden', 'fixtures')];

/** Copies the sources, with links to what they run on, to a new folder. Returns the folder. */
export function copySources(name: string): string {
  const folder = join(repository, 'out', 'mutants', name.replace(/\W+/g, '-'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const source = join(repository, 'src');
  cpSync(source, join(folder, 'src'), {
    recursive: true,
    filter: (path) => {
      const inner = path.slice(source.length + 1);
      return (
        !leftOut.some((skipped) => inner === skipped || inner.startsWith(skipped + sep)) && !inner.endsWith('.test.ts')
      );
    },
  });
  cpSync(join(repository, 'package.json'), join(folder, 'package.json'));
  cpSync(join(repository, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

/** Makes a mutant's change in a copy. Errors: its text is not there as often as it says. */
export function mutate(folder: string, mutant: Mutant): Result<void> {
  const path = join(folder, 'src', mutant.file);
  const mutated = mutatedText(readFileSync(path, 'utf8'), mutant);
  if (!mutated.ok) return mutated;
  writeFileSync(path, mutated.value);
  return ok(undefined);
}

/** A source text with a mutant's change. */
export function mutatedText(text: string, { from, to, times, file }: Mutant): Result<string> {
  const parts = text.split(from);
  if (parts.length - 1 === times) return ok(parts.join(to));
  return fail(
    `src/${file} holds "${from}" ${parts.length - 1} times, not ${times}. Bring src/cli/mutants/mutants.ts up to date with it.`,
    file,
  );
}
