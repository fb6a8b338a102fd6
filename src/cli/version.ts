import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { repository } from './node-script.ts';

/** Which program trains here, for the records of runs; the commit is empty outside of a repository. */
export function programVersion(): { readonly appVersion: string; readonly commit: string } {
  const text = readFileSync(join(repository, 'package.json'), 'utf8');
  const { version } = v.parse(v.object({ version: v.string() }), JSON.parse(text));
  const { stdout } = spawnSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: repository, encoding: 'utf8' });
  return { appVersion: version, commit: (stdout ?? '').trim() };
}
