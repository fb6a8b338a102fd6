import { runCommand } from './command.ts';
import { goldenCommand } from './golden/golden-command.ts';

await runCommand(goldenCommand);
