import type { Remedy } from '../base/result.ts';
import type { ImageFormat } from '../datasets/image-formats.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { blocksPerStage, networkNames } from '../experiment/networks.ts';
import { parseExperiment } from '../experiment/schema.ts';
import { searchBatch } from './batch-search.ts';
import { configurationOf } from './configuration.ts';
import { planStep } from './preview.ts';

/** InfoPro's contrast needs pairs; two is the least that every method takes. */
const leastBatch = 2;

/** Plans experiments on images of one format, each once. */
export class Planner {
  private readonly known = new Map<string, number>();

  constructor(private readonly format: ImageFormat) {}

  /** Planned peak bytes of an experiment. */
  peakOf(experiment: Experiment): number {
    const key = JSON.stringify(experiment);
    const bytes = this.known.get(key) ?? planStep(configurationOf(experiment, this.format)).peakBytes;
    this.known.set(key, bytes);
    return bytes;
  }

  /** The largest batch, no larger than the experiment's, whose plan fits; undefined where not even two images do. */
  largestBatch(experiment: Experiment, bytes: number): number | undefined {
    const search = searchBatch(bytes, leastBatch, experiment.batch);
    let turn = search.next();
    while (!turn.done) turn = search.next(this.peakOf({ ...experiment, batch: turn.value }));
    return turn.value.kind === 'found' ? turn.value.batch : undefined;
  }
}

/** A change of an experiment, and how it is called. */
interface Change {
  readonly words: readonly string[];
  readonly change: Partial<Experiment>;
}

const nothing: Change = { words: [], change: {} };
/** Computes the same. */
const patches: Change = { words: ['one patch at a time'], change: { patchesAtOnce: 1 } };
/** Another division of the same network. */
const blocks: Change = { words: ['every block a module'], change: { cuts: 'all' } };

const both = (one: Change, other: Change): Change => ({
  words: [...one.words, ...other.words],
  change: { ...one.change, ...other.change },
});

/** Ways to hold less at once with network and batch as they are, the least change first: each after those it is made of. */
const divisions: readonly Change[] = [nothing, patches, blocks, both(blocks, patches)];

/** More images by a tenth are worth one more change. */
const worthwhile = 1.1;

/**
 * Changes of an experiment whose plans fit into `bytes`, the least change first, and what they come to. More than one thing is changed
 * only where less does not do: first the batch or what is held at once, then both, then the network.
 */
export function remediesFor(experiment: Experiment, planner: Planner, bytes: number): Remedy[] {
  const fits = (change: Change) => {
    const changed = changedBy(experiment, change);
    return changed !== undefined && planner.peakOf(changed) <= bytes;
  };
  const single = [patches, blocks].filter(fits);
  const kept = single.length > 0 ? single : [both(blocks, patches)].filter(fits);
  const divided = kept.includes(patches) ? [nothing] : kept.length > 0 ? [nothing, patches] : divisions;
  const smaller = smallerBatches(experiment, planner, bytes, divided);
  const found = [
    ...kept.filter((change) => change === patches),
    ...smaller,
    ...kept.filter((change) => change !== patches),
  ];
  return (found.length > 0 ? found : smallerNetworks(experiment, planner, bytes)).flatMap((change) => {
    const changed = changedBy(experiment, change);
    if (changed === undefined) return [];
    return [{ words: [...change.words, megabytes(planner.peakOf(changed))].join(', '), experiment: { ...changed } }];
  });
}

/** How an experiment with two images is divided where it needs least, in words, and its planned bytes then. */
export function leastOf(experiment: Experiment, planner: Planner): { readonly words: string; readonly bytes: number } {
  const batch = Math.min(leastBatch, experiment.batch);
  const candidates = divisions.flatMap((division) => {
    const way = both(division, { words: [`batch ${batch}`], change: { batch } });
    const changed = changedBy(experiment, way);
    return changed === undefined ? [] : [{ words: way.words.join(', '), bytes: planner.peakOf(changed) }];
  });
  return candidates.reduce((least, other) => (other.bytes < 0.99 * least.bytes ? other : least));
}

/** The largest batch that fits with each division, where it is worth more than those with less changed. */
function smallerBatches(
  experiment: Experiment,
  planner: Planner,
  bytes: number,
  among: readonly Change[],
): readonly Change[] {
  const found: Change[] = [];
  let best = 0;
  for (const division of among) {
    const changed = changedBy(experiment, division);
    const batch = changed && planner.largestBatch(changed, bytes);
    if (batch === undefined || batch === experiment.batch || batch < worthwhile * best) continue;
    best = batch;
    found.push(both(division, { words: [`batch ${batch}`], change: { batch } }));
  }
  return found;
}

/** The deepest network with fewer blocks that fits, and the widest narrower one; where neither does, one that is both. */
function smallerNetworks(experiment: Experiment, planner: Planner, bytes: number): readonly Change[] {
  const shallower: Change[] = networkNames
    .filter((network) => blocksPerStage[network] < blocksPerStage[experiment.network])
    .reverse()
    .map((network) => ({ words: [network], change: { network } }));
  const narrower: Change[] = [2, 4, 8, 16].map((by) => {
    const [stem, first, second, third] = experiment.widths.map((width) => Math.max(1, Math.floor(width / by)));
    const widths = [stem, first, second, third] as Experiment['widths'];
    return { words: [`widths ${widths.join(', ')}`], change: { widths } };
  });
  const firstOf = (changes: readonly Change[]): readonly Change[] => {
    for (const change of changes) {
      for (const division of divisions) {
        const way = both(change, division);
        const changed = changedBy(experiment, way);
        const batch = changed && planner.largestBatch(changed, bytes);
        if (batch === undefined) continue;
        return [batch === experiment.batch ? way : both(way, { words: [`batch ${batch}`], change: { batch } })];
      }
    }
    return [];
  };
  const one = [...firstOf(shallower), ...firstOf(narrower)];
  const smallest = shallower.at(-1);
  return one.length > 0 || smallest === undefined ? one : firstOf(narrower.map((change) => both(smallest, change)));
}

/** The experiment with a change; undefined where it is not possible. */
function changedBy(experiment: Experiment, { change }: Change): Experiment | undefined {
  const changed = parseExperiment({ ...experiment, ...change });
  return changed.ok ? changed.value : undefined;
}

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
