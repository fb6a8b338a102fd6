import type { Kernel } from '../kernel.ts';
import type { KernelBuilder } from '../kernel-builder.ts';
import type { Gather } from './convolution-gather.ts';

const workgroupSize = 64;
/** Threads a GPU wants to have before tiles grow. */
const wantedThreads = 8192;

/** How a workgroup shares one tile of pixels x channels. */
interface SharedTile {
  /** Fours of channels of a thread, and threads side by side. */
  readonly fours: number;
  readonly across: number;
  /** Pixels of a thread, and threads one below the other. */
  readonly pixels: number;
  readonly down: number;
  /** Fours of source channels that are staged at once. */
  readonly depth: number;
}

const divisorOf = (count: number, among: readonly number[]): number => among.find((size) => count % size === 0) ?? 1;

function chooseSharedTile({ output, sourceChannels }: Gather): SharedTile {
  const all = Math.ceil(output.channels / 4);
  const fours = divisorOf(all, all >= 8 ? [4, 2] : [2]);
  const across = divisorOf(all / fours, [4, 2]);
  const down = workgroupSize / across;
  const depth = divisorOf(Math.ceil(sourceChannels / 4), [4, 2]);
  const threads = (output.images * output.height * output.width * all) / fours;
  // At most 8 KiB of pixels and 4 KiB of weights, below the 16 KiB that every device has.
  let pixels = Math.max(1, Math.min(4, 512 / (down * depth)));
  while (pixels > 1 && threads / pixels < wantedThreads) pixels /= 2;
  return { fours, across, pixels, down, depth };
}

/** Whether a gather gains from tiles in shared memory: whole maps, and enough channels that a tile is used many times. */
export const gainsFromSharing = ({ source, output, sourceChannels }: Gather): boolean =>
  !source.sampled && output.channels >= 8 && sourceChannels >= 8;

/**
 * The convolution as a product of matrices: a workgroup stages source pixels at one tap x some channels, and the weights they meet, in
 * shared memory; each thread adds up its pixels x channels from there. For GPUs, where barriers are cheap and loads are not.
 */
export function sharedGatherKernel(builder: KernelBuilder, gather: Gather): Kernel {
  const { source, output, kernel, groups, transposed } = gather;
  const { fours, across, pixels, down, depth } = chooseSharedTile(gather);
  const slice = fours * across;
  const slices = Math.ceil(output.channels / 4) / slice;
  const images = output.images / groups;
  const places = images * output.height * output.width;
  const tile = down * pixels;
  const workgroups = Math.ceil(places / tile);
  const sourceFours = Math.ceil(gather.sourceChannels / 4);
  const range = (count: number) => Array.from({ length: count }, (_, index) => index);
  builder.declare(`var<workgroup> sharedPixels: array<vec4f, ${tile * depth}>;`);
  builder.declare(`var<workgroup> sharedWeights: array<vec4f, ${depth * slice * 4}>;`);

  const { y, exists } = gather.rowOf('top', 'ky');
  const column = gather.columnAt('left', 'kx');
  const weightTap = `ky * ${kernel} + kx`;
  const row = transposed ? ['(o + q)', '(c + d)'] : ['(c + d)', '(o + q)'];
  const [rowFour, columnFour] = row as [string, string];
  const shift = groups > 1 ? `run * ${gather.weights.stride}` : 0;
  const loaded = gather.weights.tensor.load4(gather.weightRow(weightTap, rowFour, 'lane'), columnFour, shift);
  const rowExists = gather.weightRowExists?.(rowFour, 'lane');
  const weight = rowExists === undefined ? loaded : `select(vec4f(), ${loaded}, ${rowExists})`;

  const body = [
    `let part = group / ${workgroups}; let run = part / ${slices}; let o = (part % ${slices}) * ${slice};`,
    `let first = (group % ${workgroups}) * ${tile};`,
    `let below = local % ${down}; let beside = local / ${down};`,
    ...range(pixels).flatMap((p) => range(fours).map((q) => `var a${p}_${q} = vec4f();`)),
    `for (var ky = 0; ky < ${kernel}; ky++) { for (var kx = 0; kx < ${kernel}; kx++) {`,
    `for (var c = 0; c < ${sourceFours}; c += ${depth}) {`,
    'workgroupBarrier();',
    `for (var e = local; e < ${tile * depth}; e += ${workgroupSize}) {`,
    `let d = e / ${tile}; let place = first + e % ${tile}; var loaded = vec4f();`,
    `let left = place % ${output.width}; let top = place / ${output.width} % ${output.height};`,
    `let n = place / ${output.width * output.height} + run * ${images};`,
    `let y = ${y}; let x = ${column.x};`,
    `if (place < ${places} && y >= 0 && y < ${source.height} && ${exists} && x >= 0 && x < ${source.width} && ${column.exists}) {`,
    source.openRow('s', 'n', 'y'),
    `loaded = ${source.load('s', 'x', '(c + d)')}; }`,
    'sharedPixels[e] = loaded; }',
    `for (var e = local; e < ${depth * slice * 4}; e += ${workgroupSize}) {`,
    `let lane = e % 4; let q = e / 4 % ${slice}; let d = e / ${4 * slice};`,
    `sharedWeights[e] = ${weight}; }`,
    'workgroupBarrier();',
    `for (var d = 0; d < ${depth}; d++) {`,
    ...range(pixels).map((p) => `let x${p} = sharedPixels[d * ${tile} + ${p * down} + below];`),
    ...range(fours).flatMap((q) => {
      const at = (k: number) => `sharedWeights[(d * ${slice} + beside * ${fours} + ${q}) * 4 + ${k}]`;
      return [
        `let m${q} = mat4x4f(${range(4).map(at).join(', ')});`,
        ...range(pixels).map((p) => `a${p}_${q} += ${transposed ? `x${p} * m${q}` : `m${q} * x${p}`};`),
      ];
    }),
    '} } } }',
    ...range(pixels).map((p) => {
      const stores = range(fours).map((q) =>
        gather.finish(`(place${p} + run * ${places})`, `(o + beside * ${fours} + ${q})`, `a${p}_${q}`, 'run'),
      );
      const place = `let place${p} = first + ${p * down} + below;`;
      return `${place} if (place${p} < ${places}) { ${stores.join(' ')} }`;
    }),
  ];
  return builder.finishGroups(body.join('\n'), { groups: workgroups * slices * groups, workgroupSize });
}
