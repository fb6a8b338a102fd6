import { inShort } from '../base/in-short.ts';
import type { Detail, Problem } from '../base/result.ts';

/** What of a file's tensors does not fit a network. */
export interface Mismatch {
  /** Names of those it lacks. */
  readonly missing: readonly string[];
  /** Names of those that are none of the network's. */
  readonly unexpected: readonly string[];
  /** Those of another shape or type, or with no numbers, and why: "has shape [3], but ...". */
  readonly unlike: readonly (readonly [name: string, why: string])[];
}

/**
 * A problem that says of each kind of mismatch the first and how many more there are, and lists them all in its details; undefined where
 * all fits.
 *
 * @param opening what does not fit what: "a.safetensors does not fit this experiment"
 * @param remedy sentences after the list
 */
export function problemOfMismatch(
  opening: string,
  { missing, unexpected, unlike }: Mismatch,
  remedy: string,
  where: string,
): Problem | undefined {
  const ofOptimiser = missing.filter((name) => name.startsWith('optimiser.')).length;
  const ofNetwork = missing.filter((name) => !name.startsWith('optimiser.')).map(inShort);
  const alike = unlike.map(([name, why]) => `${inShort(name)} ${why}`);
  const strange = unexpected.map(inShort);
  const parts = [
    first(ofNetwork, (name) => `it lacks the tensor ${name}`),
    ofOptimiser === 0 ? undefined : `it lacks ${counted(ofOptimiser)} of the optimiser's state`,
    first(alike, (line) => `the tensor ${line}`),
    first(strange, (name) => `${name} is no tensor of this network`),
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  const details: readonly Detail[] = [
    { summary: `It lacks ${counted(ofNetwork.length)}`, items: ofNetwork },
    { summary: `${counted(alike.length)} of another shape or type`, items: alike },
    { summary: `${counted(strange.length)} that this network has not`, items: strange },
  ];
  return {
    message: `${opening}: ${parts.join('; ')}. ${remedy}`,
    where,
    details: details.filter(({ items }) => items.length > 1),
  };
}

const counted = (count: number): string => `${count} ${count === 1 ? 'tensor' : 'tensors'}`;

/** The first in words, and how many more there are. */
const first = ([one, ...others]: readonly string[], inWords: (one: string) => string): string | undefined =>
  one === undefined ? undefined : `${inWords(one)}${others.length === 0 ? '' : ` (and ${others.length} more)`}`;
