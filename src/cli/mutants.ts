import { runCommand } from './command.ts';
import { mutantsCommand } from './mutants/mutants-command.ts';

await runCommand(mutantsCommand);
