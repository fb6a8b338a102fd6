import { runCommand } from './command.ts';
import { e2eCommand } from './test/e2e-command.ts';

await runCommand(e2eCommand);
