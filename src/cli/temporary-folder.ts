import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** For tests: a new folder that is gone after the test under way. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hpff-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
