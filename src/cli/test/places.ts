import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../node-script.ts';

/** Lies beside the repository where the project is developed; a clone may be without it. */
const shared = join(repository, '..', 'shared');

/** Committed copies of the small golden files. */
export const fixtures = join(repository, 'src', 'cli', 'golden', 'fixtures');

/** Folder with CIFAR-10's .bin files, where it is here. */
export function cifarFolder(): string | undefined {
  const folder = join(shared, 'data', 'cifar-10');
  return existsSync(join(folder, 'data_batch_1.bin')) && existsSync(join(folder, 'test_batch.bin'))
    ? folder
    : undefined;
}

/** All golden files: the complete set where it is here, else the committed copies. */
export function goldenFiles(): { readonly files: readonly string[]; readonly complete: boolean } {
  const complete = goldensIn(join(shared, 'golden'));
  return complete.length > 0 ? { files: complete, complete: true } : { files: goldensIn(fixtures), complete: false };
}

function goldensIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.safetensors'));
  return names.sort().map((name) => join(folder, name));
}
