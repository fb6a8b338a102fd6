import { runCommand } from './command.ts';
import { exportCommand } from './export/export-command.ts';

await runCommand(exportCommand);
