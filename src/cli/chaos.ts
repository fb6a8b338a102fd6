import { runCommand } from './command.ts';
import { e2eCommand } from './test/e2e-command.ts';

// Fifty deaths of page, worker and GPU device at random moments; `npm test` has five.
process.env.CHAOS_ROUNDS ??= '50';
await runCommand((argv, output) => e2eCommand(['chaos.spec.ts', ...argv], output));
