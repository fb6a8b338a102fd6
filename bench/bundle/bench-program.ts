import { join } from 'node:path';
import { runCommand } from '../../src/cli/command.ts';
import { benchCommand } from '../bench-command.ts';

/** The bench in a folder of its own, for machines that have Node and a GPU and nothing else: measurements on Node alone. */
await runCommand(
  benchCommand({
    prepare: async () => ({ node: [join(import.meta.dirname, 'measure.js')], chromium: undefined }),
    standInDriver: async () => undefined,
  }),
);
