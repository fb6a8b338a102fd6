import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fail, ok, type Result } from '../base/result.ts';
import { browserNames, installedBrowsers } from './browser/known-places.ts';

export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** Where Playwright keeps, or would keep, the browser it downloads. */
  readonly downloaded: () => Promise<string | undefined>;
  /** Whether a program starts. */
  readonly starts: (path: string) => Promise<boolean>;
}

/**
 * The browser to test with: CHROMIUM_PATH, else a Chromium, Chrome or Edge of this machine, else Playwright's download; undefined where
 * there is none. Errors: CHROMIUM_PATH names no program.
 */
export async function findBrowser(surroundings: Partial<Surroundings> = {}): Promise<Result<string | undefined>> {
  const { env, platform, downloaded, starts }: Surroundings = { ...ownSurroundings, ...surroundings };
  const named = env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return ok(named);
    return fail(
      `CHROMIUM_PATH is ${named}, which is no program. Set it to a Chromium, Chrome or Edge, or unset it.`,
      'CHROMIUM_PATH',
    );
  }
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '');
  const ending = platform === 'win32' ? '.exe' : '';
  const onPath = browserNames.flatMap((name) => folders.map((folder) => join(folder, name + ending)));
  for (const path of [...onPath, ...installedBrowsers(platform, env)]) {
    if (isProgram(path) && (await starts(path))) return ok(path);
  }
  const own = await downloaded();
  return ok(own !== undefined && isProgram(own) ? own : undefined);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Some distributions put a script there that only says what to install. */
function tellsVersion(path: string): Promise<boolean> {
  // On Windows `--version` opens a window.
  if (process.platform === 'win32') return Promise.resolve(true);
  return new Promise((resolve) => {
    const child = spawn(path, ['--version'], { stdio: 'ignore', timeout: 20_000 });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

const ownSurroundings: Surroundings = {
  env: process.env,
  platform: process.platform,
  async downloaded() {
    const { chromium } = await import('@playwright/test');
    return chromium.executablePath();
  },
  starts: tellsVersion,
};
