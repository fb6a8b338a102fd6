import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findBrowser } from '../find-browser.ts';
import { libraryFolders } from './known-places.ts';

/** Name of SwiftShader's Vulkan driver description, which Chromium and Chrome ship beside their program. */
const driver = 'vk_swiftshader_icd.json';

/** The driver description beside a browser that is found here, or undefined. */
export async function findSoftwareVulkan(): Promise<string | undefined> {
  const browser = await findBrowser();
  const beside = browser.ok && browser.value !== undefined ? [dirname(realpathSync(browser.value))] : [];
  return [...beside, ...libraryFolders].map((folder) => join(folder, driver)).find((path) => existsSync(path));
}
