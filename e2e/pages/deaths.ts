import { permutation, type RandomStream } from '../../src/base/random.ts';

/** What a run can lose under its feet: the whole page, the worker that trains it, or the GPU device in that worker. */
const deathKinds = ['page', 'worker', 'device'] as const;
export type DeathKind = (typeof deathKinds)[number];

/** So many deaths in a random order, every kind among the first three. */
export function drawDeaths(count: number, stream: RandomStream): DeathKind[] {
  const first = [...permutation(deathKinds.length, stream)].map((index) => deathKinds[index] as DeathKind);
  const more = Array.from({ length: count }, () => deathKinds[stream.below(deathKinds.length)] as DeathKind);
  return [...first, ...more].slice(0, count);
}
