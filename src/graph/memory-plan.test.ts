import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { imageFormats } from '../datasets/image-formats.ts';
import { presetExperiment } from '../experiment/presets.ts';
import { configurationOf } from '../methods/configuration.ts';
import { buildTrainGraph } from '../methods/train-graph.ts';
import { Arena, type Place } from './arena.ts';
import type { StepGraph } from './graph.ts';
import { inPlaceCandidates, lifetimes } from './liveness.ts';
import { planGraph } from './memory-plan.ts';

const graphOf = (preset: string, changes: object = {}): StepGraph => {
  const experiment = { ...expectOk(presetExperiment(preset)), batch: 4, ...changes };
  return buildTrainGraph(configurationOf(experiment, imageFormats['cifar-10'])).graph;
};

/** Values alive at every node, found anew and naively: all that lie within first..last. */
function aliveTogether(graph: StepGraph): Map<number, number[]> {
  const lives = lifetimes(graph);
  return new Map(
    graph.nodes.map((_, index) => [
      index,
      [...lives].filter(([, { first, last }]) => first <= index && index <= last).map(([id]) => id),
    ]),
  );
}

const overlap = (a: Place, b: Place) => a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes;

describe('planGraph', () => {
  test.each(['bp/resnet8', 'quick', 'hpff-paper/resnet20-all', 'dgl-hilo/resnet14-k4', 'infopro-contrast/resnet8-k3'])(
    'gives values of %s that live together places of their own',
    (preset) => {
      const graph = graphOf(preset);
      const { places, arenaBytes } = planGraph(graph);
      const clashes: string[] = [];
      for (const [index, ids] of aliveTogether(graph)) {
        const node = graph.nodes[index];
        const inPlace = node && inPlaceCandidates(node);
        for (const [position, a] of ids.entries()) {
          const placeA = places.get(a) as Place;
          if (placeA.offset + placeA.bytes > arenaBytes) clashes.push(`${graph.values[a]?.label} lies outside`);
          for (const b of ids.slice(position + 1)) {
            const handed = [a, b].includes(inPlace?.output ?? -1) && [a, b].some((id) => inPlace?.inputs.includes(id));
            if (!handed && overlap(placeA, places.get(b) as Place)) clashes.push(`${a} and ${b} at node ${index}`);
          }
        }
      }
      expect(clashes).toEqual([]);
    },
  );

  test('stays within a fifth of what is alive at most', () => {
    const { arenaBytes, alive } = planGraph(graphOf('hpff-released/resnet32-all', { batch: 128 }));
    expect(arenaBytes).toBeLessThan(1.2 * Math.max(...alive));
  });
});

describe('Arena', () => {
  test('never gives one byte twice', () => {
    const actions = fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 9 }), give: fc.nat() }), { maxLength: 60 });
    fc.assert(
      fc.property(actions, (list) => {
        const arena = new Arena();
        const held: Place[] = [];
        for (const { bytes, give } of list) {
          const place = arena.take(bytes * 256);
          expect(held.some((other) => overlap(place, other))).toBe(false);
          expect(place.offset + place.bytes).toBeLessThanOrEqual(arena.size);
          held.push(place);
          if (give % 2 === 0) arena.give(held.splice(give % held.length, 1)[0] as Place);
        }
      }),
      { seed: 1 },
    );
  });

  test('reuses what was given back', () => {
    const arena = new Arena();
    const first = arena.take(512);
    arena.take(256);
    arena.give(first);
    expect(arena.take(512)).toEqual(first);
    expect(arena.size).toBe(768);
  });
});
