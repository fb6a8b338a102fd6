import { runCommand } from './command.ts';
import { trainCommand } from './train/train-command.ts';

await runCommand(trainCommand);
