import { join } from 'node:path';
import { repository } from '../src/cli/node-script.ts';

/** What is built for a run. */
export const builtFolder = join(repository, 'out', 'bench');
export const nodeFolder = join(builtFolder, 'node');
export const pageFolder = join(builtFolder, 'page');
