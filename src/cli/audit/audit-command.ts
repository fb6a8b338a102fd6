import { spawnSync } from 'node:child_process';
import type { Command } from '../command.ts';
import { repository } from '../node-script.ts';
import { readAudit } from './read-audit.ts';

/** `audit`: known weaknesses of the packages that the site ships. Ends with 1 where one is high, and where nobody could say. */
export const auditCommand: Command = async (_argv, output) => {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: repository, encoding: 'utf8' });
  const verdict = readAudit(stdout ?? '');
  output.line(verdict.words);
  return verdict.passed ? 0 : 1;
};
