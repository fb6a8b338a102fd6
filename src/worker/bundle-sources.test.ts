import { expect, test } from 'vitest';
import { readBundleSources } from '../cli/export/bundle-sources.ts';
import { bundleTexts } from './bundle-sources.ts';

test('the page puts the same sources into a bundle as the command line', () => {
  expect(bundleTexts).toEqual(readBundleSources());
});
