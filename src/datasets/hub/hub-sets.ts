import type { DatasetName } from '../image-formats.ts';

/** Where a set lies on the hub. */
export interface HubSet {
  /** Owner and name, such as `uoft-cs/cifar10`. */
  readonly repository: string;
  /** Which of a repository's configurations; the only one, or the first, where it is not named. */
  readonly configuration: string | undefined;
  /** What the images are trained as; `own` where the set is none of the papers'. */
  readonly set: DatasetName;
}

/** Sets that can be asked for by name. The hub's copies are not the official files; their pixels are the same (PNG, or the original JPEG). */
export const hubSets = {
  'cifar-10': { repository: 'uoft-cs/cifar10', configuration: 'plain_text', set: 'cifar-10' },
  svhn: { repository: 'ufldl-stanford/svhn', configuration: 'cropped_digits', set: 'svhn' },
  'stl-10': { repository: 'tanganke/stl10', configuration: undefined, set: 'stl-10' },
  'tiny-imagenet': { repository: 'zh-plus/tiny-imagenet', configuration: undefined, set: 'tiny-imagenet' },
} as const satisfies Readonly<Record<string, HubSet>>;

/** The hub's own address; tests and mirrors give another. */
export const hubAddress = 'https://huggingface.co';

/** The set of a repository, one of the papers' where its name is known. */
export function hubSetOf(repository: string, configuration: string | undefined): HubSet {
  const known = Object.values(hubSets).find((set) => set.repository.toLowerCase() === repository.toLowerCase());
  if (known !== undefined && (configuration ?? known.configuration) === known.configuration) return known;
  return { repository, configuration, set: 'own' };
}

/** Whether a text has the form of a repository's id. */
export const isRepository = (text: string): boolean => /^[\w.-]+\/[\w.-]+$/.test(text) && !text.includes('..');
