import { auditCommand } from './audit/audit-command.ts';
import { runCommand } from './command.ts';

await runCommand(auditCommand);
