import { runCommand } from './command.ts';
import { startCommand } from './start/start-command.ts';

await runCommand(startCommand);
