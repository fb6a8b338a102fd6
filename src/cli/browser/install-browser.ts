import { readFileSync } from 'node:fs';
import { fail, ok, type Result } from '../../base/result.ts';
import { findBrowser } from '../find-browser.ts';
import { nodeProgram } from '../node-script.ts';
import { runProgram } from '../run-program.ts';

const minutes = 60_000;

/** The browser to test with; where there is none, one is installed: Debian's package as root on Debian, else Playwright's download. */
export async function ensureBrowser(note: (text: string) => void): Promise<Result<string>> {
  const found = await findBrowser();
  if (!found.ok) return found;
  if (found.value !== undefined) return ok(found.value);
  for (const install of isDebianRoot() ? [installDebianPackage, downloadWithPlaywright] : [downloadWithPlaywright]) {
    await install(note);
    const installed = await findBrowser();
    if (installed.ok && installed.value !== undefined) return ok(installed.value);
  }
  return fail(
    'There is no browser here and none could be installed. Install Chromium, Chrome or Edge, or set CHROMIUM_PATH to one.',
    'CHROMIUM_PATH',
  );
}

function isDebianRoot(): boolean {
  try {
    return process.getuid?.() === 0 && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** Debian's Chromium brings the libraries it needs, which Playwright's does not. */
async function installDebianPackage(note: (text: string) => void): Promise<void> {
  note("No browser found; installing Debian's chromium.");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, onLine: note, timeout: 5 * minutes };
  const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
  await runProgram('apt-get', ['update', ...quiet], options);
  await runProgram('apt-get', ['install', '-y', '--no-install-recommends', ...quiet, 'chromium'], options);
}

async function downloadWithPlaywright(note: (text: string) => void): Promise<void> {
  note('No browser found; downloading the one of Playwright.');
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' };
  await runProgram(process.execPath, [nodeProgram('@playwright/test'), 'install', 'chromium'], {
    env,
    onLine: note,
    timeout: 5 * minutes,
  });
}
