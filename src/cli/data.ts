import { runCommand } from './command.ts';
import { dataCommand } from './data/data-command.ts';

await runCommand(dataCommand);
