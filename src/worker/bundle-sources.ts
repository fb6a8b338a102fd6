import { type BundleSource, bundleSources } from '../formats/pytorch/bundle.ts';

const folder = '../formats/pytorch/bundle/';
const texts = import.meta.glob<string>('../formats/pytorch/bundle/*.{py,md,txt}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The sources that go into a PyTorch bundle, in the built page. */
export const bundleTexts = Object.fromEntries(
  bundleSources.map((name) => [name, texts[`${folder}${name}`] as string]),
) as Record<BundleSource, string>;
