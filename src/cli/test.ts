import { runCommand } from './command.ts';
import { testCommand } from './test/test-command.ts';

await runCommand(testCommand);
