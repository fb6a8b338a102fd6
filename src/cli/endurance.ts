import { runCommand } from './command.ts';
import { e2eCommand } from './test/e2e-command.ts';

// Five thousand steps and two hundred rebuilds; `npm test` has a tenth of them.
process.env.ENDURANCE_STEPS ??= '5000';
process.env.ENDURANCE_REBUILDS ??= '200';
await runCommand((argv, output) => e2eCommand(['endurance.spec.ts', ...argv], output));
