import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ensureBrowser } from '../browser/install-browser.ts';
import type { Command } from '../command.ts';
import { nodeProgram, repository } from '../node-script.ts';
import { runProgram } from '../run-program.ts';
import { cifarFolder } from './places.ts';
import { readBrowserReport } from './reports.ts';

const report = join(repository, 'out', 'e2e-report.json');

/**
 * `e2e [playwright's arguments]`: the playground in a real browser. The last line of output says `N passed, N failed`, where a test that
 * passed only when repeated (`--retries 1`) counts as passed, in a line that begins with `AGAIN`.
 */
export const e2eCommand: Command = async (argv, output) => {
  const browser = await ensureBrowser(output.note);
  if (!browser.ok) {
    output.note(browser.error.message);
    output.line('0 passed, 1 failed');
    return 1;
  }
  const data = cifarFolder();
  output.note(`Browser: ${browser.value}. CIFAR-10: ${data ?? 'not here, so tests that need it are skipped'}.`);
  rmSync(report, { force: true });
  mkdirSync(join(repository, 'out'), { recursive: true });
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    CHROMIUM_PATH: browser.value,
    E2E_PORT: String(await freePort()),
    E2E_REPORT: report,
    ...(data === undefined ? {} : { E2E_DATA: data }),
  };
  const ended = await runProgram(process.execPath, [nodeProgram('@playwright/test'), 'test', ...argv], {
    cwd: repository,
    env,
    onLine: output.line,
  });
  const counts = readBrowserReport(report);
  if (counts === undefined || ended.code === undefined) {
    output.note(`Playwright left no report${ended.problem === undefined ? '' : `: it ${ended.problem}`}.`);
    output.line('0 passed, 1 failed');
    return 1;
  }
  const { passed, skipped, failures, repeated } = counts;
  // Without any test, or when the server does not start, no test fails.
  const failed = counts.failed === 0 && ended.code !== 0 ? 1 : counts.failed;
  if (skipped > 0) output.note(`${skipped} skipped.`);
  for (const once of repeated) output.line(`AGAIN ${once}`);
  for (const failure of failures) output.line(`FAIL ${failure}`);
  output.line(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
};

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 5199;
      server.close(() => resolve(port));
    });
  });
}
