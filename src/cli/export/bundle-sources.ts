import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BundleSource, bundleSources } from '../../formats/pytorch/bundle.ts';
import { repository } from '../node-script.ts';

/** Where the Python sources of the bundle lie. */
export const bundleFolder = join(repository, 'src', 'formats', 'pytorch', 'bundle');

/** The sources that go into a PyTorch bundle. */
export const readBundleSources = (): Record<BundleSource, string> =>
  Object.fromEntries(bundleSources.map((name) => [name, readFileSync(join(bundleFolder, name), 'utf8')])) as Record<
    BundleSource,
    string
  >;
