import { type RandomStream, randomStream } from '../src/base/random.ts';

/** One edit of the page: a border of the network pressed, or a number set. */
export type Edit =
  | { readonly kind: 'border'; readonly place: string; readonly cut: boolean }
  | { readonly kind: 'number'; readonly label: 'Patch grid' | 'Batch size'; readonly value: number };

interface Place {
  readonly cuts: ReadonlySet<string>;
  readonly patches: number;
  readonly batch: number;
}

/** The borders of a ResNet-8, as the page names them, and the numbers that are tried. */
const borders = ['the stem', 'block 1.0', 'block 2.0'];
const grids = [1, 2, 3];
const batches = [2, 3, 4];
/** Where `small` stands. */
const start: Place = { cuts: new Set(['block 1.0', 'block 2.0']), patches: 2, batch: 4 };

/**
 * A random walk over cuts, patch grids and batches that ends where it began, every edit a rebuild. Going round once more meets nothing new:
 * what still grows then is no cache of new shapes.
 *
 * @param length edits, at least 6
 */
export function roundOfEdits(seed: number, length: number): readonly Edit[] {
  const stream = randomStream(seed, 'edits');
  for (;;) {
    const edits: Edit[] = [];
    let place = start;
    while (edits.length < length) {
      const [edit, next] = randomEdit(place, stream);
      edits.push(edit);
      place = next;
    }
    if (isStart(place) && kindsOf(edits) === 3) return edits;
  }
}

function randomEdit(place: Place, stream: RandomStream): readonly [Edit, Place] {
  const other = (values: readonly number[], now: number) => {
    const others = values.filter((value) => value !== now);
    return others[stream.below(others.length)] as number;
  };
  // With two modules no auxiliary network is left whose patches could be counted, and the page says so.
  const kinds = place.cuts.size > 1 ? 3 : 2;
  switch (stream.below(kinds)) {
    case 2: {
      const value = other(grids, place.patches);
      return [
        { kind: 'number', label: 'Patch grid', value },
        { ...place, patches: value },
      ];
    }
    case 1: {
      const value = other(batches, place.batch);
      return [
        { kind: 'number', label: 'Batch size', value },
        { ...place, batch: value },
      ];
    }
    default: {
      // One module alone has no neighbour to fuse with, and the page would change the window for good.
      const free = borders.filter((border) => !place.cuts.has(border) || place.cuts.size > 1);
      const border = free[stream.below(free.length)] as string;
      const cuts = new Set(place.cuts);
      const cut = !cuts.delete(border);
      if (cut) cuts.add(border);
      return [
        { kind: 'border', place: border, cut },
        { ...place, cuts },
      ];
    }
  }
}

const isStart = ({ cuts, patches, batch }: Place): boolean =>
  patches === start.patches &&
  batch === start.batch &&
  cuts.size === start.cuts.size &&
  [...cuts].every((border) => start.cuts.has(border));

const kindsOf = (edits: readonly Edit[]): number =>
  new Set(edits.map((edit) => (edit.kind === 'border' ? edit.kind : edit.label))).size;
