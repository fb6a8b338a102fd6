import { runCommand } from './command.ts';
import { pytorchCommand } from './pytorch/pytorch-command.ts';

await runCommand(pytorchCommand);
