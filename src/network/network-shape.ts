import type { BlockIndex } from '../experiment/networks.ts';

/** A CIFAR ResNet: any number of stages and blocks, square images (method.md 2). */
export interface NetworkShape {
  readonly blocks: readonly number[];
  /** Channels of the stem, then of each stage. */
  readonly widths: readonly number[];
  readonly imageSize: number;
  readonly classes: number;
}

/** One residual block. `key` such as `2.0` names it everywhere inside; the stem's is `0.0`. */
export interface BlockShape {
  readonly key: string;
  readonly stage: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly stride: number;
}

export const blockKey = ([stage, block]: BlockIndex): string => `${stage}.${block}`;

/** The residual blocks in order; stride 2 at the first block of every stage but the first. */
export function blockShapes({ blocks, widths }: NetworkShape): BlockShape[] {
  const shapes: BlockShape[] = [];
  blocks.forEach((count, index) => {
    for (let block = 0; block < count; block++) {
      const inputs = widths[block === 0 ? index : index + 1] as number;
      const outputs = widths[index + 1] as number;
      const stride = index > 0 && block === 0 ? 2 : 1;
      shapes.push({ key: blockKey([index + 1, block]), stage: index + 1, inputs, outputs, stride });
    }
  });
  return shapes;
}

/** One local module: the stem where it holds it, and its blocks. Its auxiliary networks hang on `last`. */
export interface ModuleShape {
  readonly stem: boolean;
  readonly blocks: readonly BlockShape[];
  /** Key of its last block, `0.0` for a module of the stem alone. */
  readonly last: string;
  /** Stage whose head its auxiliary networks use; the stem's is that of stage 1. */
  readonly stage: number;
  /** Channels of its output. */
  readonly width: number;
}

/** The local modules that the cuts (last block of each) make of a network. */
export function moduleShapes(network: NetworkShape, cuts: readonly BlockIndex[]): ModuleShape[] {
  const remaining = blockShapes(network);
  return cuts.map((cut, index) => {
    const last = blockKey(cut);
    const end = remaining.findIndex((block) => block.key === last);
    const blocks = remaining.splice(0, end + 1);
    const stage = Math.max(1, cut[0]);
    const width = network.widths[cut[0]] as number;
    return { stem: index === 0, blocks, last, stage, width };
  });
}
