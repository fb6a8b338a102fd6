import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { findBrowser, type Surroundings } from './find-browser.ts';
import { temporaryFolder } from './temporary-folder.ts';

function program(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

/** A machine that knows nothing but what a test says. */
const machine = (given: Partial<Surroundings>): Partial<Surroundings> => ({
  env: {},
  // No well-known places.
  platform: 'aix',
  downloaded: async () => undefined,
  starts: async () => true,
  ...given,
});

describe.skipIf(process.platform === 'win32')('findBrowser', () => {
  test('prefers CHROMIUM_PATH, and refuses one that is no program', async () => {
    const folder = temporaryFolder();
    const named = program(folder, 'mine');
    program(join(folder, 'bin'), 'chromium');
    const env = { PATH: join(folder, 'bin'), CHROMIUM_PATH: named };
    expect(expectOk(await findBrowser(machine({ env })))).toBe(named);
    for (const wrong of [join(folder, 'none'), folder]) {
      const found = await findBrowser(machine({ env: { ...env, CHROMIUM_PATH: wrong } }));
      expect(found.ok ? '' : found.error.message).toContain(`CHROMIUM_PATH is ${wrong}, which is no program`);
    }
  });

  test('looks through the PATH, and passes over a stub that does not start', async () => {
    const folder = temporaryFolder();
    const stub = program(join(folder, 'one'), 'chromium');
    const chrome = program(join(folder, 'two'), 'google-chrome');
    const env = { PATH: `${join(folder, 'one')}:${join(folder, 'two')}` };
    expect(expectOk(await findBrowser(machine({ env })))).toBe(stub);
    const starts = async (path: string) => path !== stub;
    expect(expectOk(await findBrowser(machine({ env, starts })))).toBe(chrome);
  });

  test("takes Playwright's download last, where it is there", async () => {
    const own = program(temporaryFolder(), 'chrome');
    expect(expectOk(await findBrowser(machine({ downloaded: async () => own })))).toBe(own);
    expect(expectOk(await findBrowser(machine({ downloaded: async () => `${own}-none` })))).toBeUndefined();
    expect(expectOk(await findBrowser(machine({})))).toBeUndefined();
  });
});
