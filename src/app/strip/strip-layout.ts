import type { BlockIndex, Experiment } from '../../experiment/experiment.ts';
import { configurationOf } from '../../methods/configuration.ts';
import { withoutGradient } from '../../methods/loss-weights.ts';
import { termsOf } from '../../methods/terms.ts';
import { blockKey, moduleShapes } from '../../network/network-shape.ts';
import { borders } from '../../store/recut.ts';
import { describeTerm, type TermWords } from './term-words.ts';

/** One tile: stem, block or head. `column` counts the grid's columns from 1; borders stand between tiles. */
export interface StripTile {
  readonly key: string;
  readonly label: string;
  /** Output, such as 32x32x16; for the head its classes. */
  readonly shape: string;
  readonly module: number;
  readonly column: number;
  /** Patches along a side that auxiliary networks cut its output into; 1 where they see all of it. */
  readonly patches: number;
}

export interface StripBorder {
  readonly after: BlockIndex;
  /** Cut after block 1.0, Join after the stem ... */
  readonly name: string;
  readonly between: string;
  readonly cut: boolean;
  readonly column: number;
}

export interface StripModule {
  readonly index: number;
  /** Key of its last block. */
  readonly block: string;
  /** Such as "stem, 1.0 to 1.2". */
  readonly holds: string;
  readonly shape: string;
  readonly start: number;
  /** Column behind its last. */
  readonly end: number;
  readonly terms: readonly TermWords[];
  /** Whether any weighted loss reaches it. */
  readonly learns: boolean;
}

export interface StripStage {
  readonly stage: number;
  readonly shape: string;
  readonly blocks: number;
  readonly start: number;
  readonly end: number;
}

/** Where everything of the network strip stands. */
export interface StripLayout {
  readonly tiles: readonly StripTile[];
  readonly borders: readonly StripBorder[];
  readonly modules: readonly StripModule[];
  readonly stages: readonly StripStage[];
}

/** Lays out stem, blocks, head, borders and modules of an experiment in columns. */
export function layOutStrip(experiment: Experiment): StripLayout {
  const configuration = configurationOf(experiment);
  const { network, cuts } = configuration;
  const places = borders(experiment.network);
  const cutKeys = new Set(cuts.map(blockKey));
  const shapeOf = (stage: number) => {
    const size = network.imageSize / 2 ** Math.max(0, stage - 1);
    return `${size}\u00d7${size}\u00d7${network.widths[stage]}`;
  };
  const terms = termsOf(configuration);
  const gridAt = (module: number) =>
    Math.max(
      1,
      ...terms
        .filter((term) => term.module === module)
        .map((term) => describeTerm(configuration, experiment, term))
        .filter(({ decoder, patches }) => decoder !== undefined || patches !== undefined)
        .map(({ grid }) => grid),
    );
  const tiles: StripTile[] = [];
  const stripBorders: StripBorder[] = [];
  let module = 0;
  places.forEach((place, index) => {
    const key = blockKey(place);
    const column = 1 + 2 * index;
    const label = index === 0 ? 'stem' : key;
    tiles.push({
      key,
      label,
      shape: shapeOf(place[0]),
      module,
      column,
      patches: cutKeys.has(key) ? gridAt(module) : 1,
    });
    const next = places[index + 1];
    const cut = cutKeys.has(key);
    if (next === undefined) return;
    const where = index === 0 ? 'the stem' : `block ${key}`;
    stripBorders.push({
      after: place,
      name: `${cut ? 'Join' : 'Cut'} after ${where}`,
      between: `between ${where} and block ${blockKey(next)}`,
      cut,
      column: column + 1,
    });
    if (cut) module++;
  });
  const headColumn = 1 + 2 * places.length;
  tiles.push({
    key: 'head',
    label: 'head',
    shape: `${network.classes} classes`,
    module,
    column: headColumn,
    patches: 1,
  });

  const idle = new Set(withoutGradient(configuration, experiment));
  const modules = moduleShapes(network, cuts).map((shape, index): StripModule => {
    const own = tiles.filter((tile) => tile.module === index);
    return {
      index,
      block: shape.last,
      holds: holdsOf(own),
      shape: shapeOf(cuts[index]?.[0] ?? 0),
      start: own[0]?.column ?? 1,
      end: (own.at(-1)?.column ?? 1) + 1,
      terms: terms.filter((term) => term.module === index).map((term) => describeTerm(configuration, experiment, term)),
      learns: !idle.has(`module ${index}`),
    };
  });

  const stages = network.blocks.map((blocks, index): StripStage => {
    const start = 3 + 2 * blocks * index;
    return { stage: index + 1, shape: shapeOf(index + 1), blocks, start, end: start + 2 * blocks - 1 };
  });
  return { tiles, borders: stripBorders, modules, stages };
}

function holdsOf(tiles: readonly StripTile[]): string {
  const blocks = tiles.filter((tile) => tile.key !== 'head' && tile.label !== 'stem');
  const first = blocks[0]?.label;
  const last = blocks.at(-1)?.label;
  const parts = [
    tiles.some((tile) => tile.label === 'stem') ? 'stem' : undefined,
    first === last ? first : `${first} to ${last}`,
    tiles.some((tile) => tile.key === 'head') ? 'head' : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}
