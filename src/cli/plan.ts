import { runCommand } from './command.ts';
import { planCommand } from './plan/plan-command.ts';

await runCommand(planCommand);
