import { runCommand } from './command.ts';
import { sweepCommand } from './sweep/sweep-command.ts';

await runCommand(sweepCommand);
