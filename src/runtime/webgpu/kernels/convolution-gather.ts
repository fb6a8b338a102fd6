import type { Kernel } from '../kernel.ts';
import type { KernelBuilder } from '../kernel-builder.ts';
import type { Tensor } from '../tensor.ts';
import { gainsFromSharing, sharedGatherKernel } from './convolution-shared.ts';
import { chooseTile } from './convolution-tile.ts';
import type { RowSource } from './row-source.ts';

/** A convolution, seen from the pixels it writes: forward, or backward to the input. */
export interface Gather {
  readonly source: RowSource;
  readonly sourceChannels: number;
  readonly output: {
    readonly images: number;
    readonly height: number;
    readonly width: number;
    readonly channels: number;
  };
  readonly kernel: number;
  /** Multiply-adds. */
  readonly work: number;
  /** Weights by equal runs of images. */
  readonly groups: number;
  /** Source column that output column `first + pixel` reads at a tap, less `first * times / by`; undefined where it reads none. */
  columnOf(pixel: number, tap: number): number | undefined;
  readonly columnStep: { readonly times: number; readonly by: number };
  /** Source column of an output column at a tap, as WGSL, and whether there is one (its range is checked besides). */
  columnAt(column: string, tap: string): { readonly x: string; readonly exists: string };
  /** Source row of an output row at a tap, as WGSL, and whether there is one (its range is checked besides). */
  rowOf(row: string, tap: string): { readonly y: string; readonly exists: string };
  /** Row of the weights, [k*k*inputs, outputs], that holds channel 4*four + lane: of the source, or (`transposed`) of the output. */
  weightRow(tap: string, four: string, lane: string): string;
  readonly weightRowExists: ((four: string, lane: string) => string) | undefined;
  readonly weights: { readonly tensor: Tensor; readonly stride: number };
  readonly transposed: boolean;
  /** Statement that writes four channels of an output pixel. */
  finish(pixel: string, four: string, sum: string, group: string): string;
}

/**
 * A thread holds a tile of pixels x channels in registers; for every row of taps and every four source channels it loads the columns
 * its pixels read, and 4 x 4 weights at a time, and adds products of matrix and vector.
 */
export function gatherKernel(builder: KernelBuilder, gather: Gather): Kernel {
  const { source, output, kernel, groups, columnStep, transposed } = gather;
  const { tuning } = builder.lowering;
  if (tuning.kind === 'gpu' && gainsFromSharing(gather)) return sharedGatherKernel(builder, gather);
  const tile = chooseTile(output, tuning, {
    kernel,
    work: gather.work,
    multiple: columnStep.by,
    whole: source.wholeRows,
  });
  const across = Math.ceil(output.width / tile.columns);
  const down = Math.ceil(output.height / tile.rows);
  const images = output.images / groups;
  const tiles = across * down * images;
  const slices = Math.ceil(output.channels / 4) / tile.fours;
  const workgroups = Math.ceil(tiles / tile.workgroupSize);
  const subgroups = tuning.kind === 'cpu' && tuning.subgroups;
  const lines: string[] = [];
  const put = (...text: string[]) => lines.push(...text);
  const range = (count: number) => Array.from({ length: count }, (_, index) => index);

  put(
    `let slice = group / ${workgroups}; let run = slice / ${slices}; let o = (slice % ${slices}) * ${tile.fours};`,
    `let place = (group % ${workgroups}) * ${tile.workgroupSize} + local; let t = min(place, ${tiles - 1});`,
    `let left = (t % ${across}) * ${tile.columns}; let top = (t / ${across} % ${down}) * ${tile.rows};`,
    `let n = t / ${across * down} + run * ${images};`,
    `let start = left * ${columnStep.times} / ${columnStep.by};`,
  );
  if (subgroups) put('let lane = i32(laneIndex & 3u);');
  for (const r of range(tile.rows))
    for (const p of range(tile.columns)) for (const q of range(tile.fours)) put(`var a${r}_${p}_${q} = vec4f();`);

  // Columns each tap row reads, the same for every row of taps.
  const columns = new Set<number>();
  for (const p of range(tile.columns))
    for (const kx of range(kernel)) {
      const column = gather.columnOf(p, kx);
      if (column !== undefined) columns.add(column);
    }
  const sorted = [...columns].sort((a, b) => a - b);
  const lastStart = Math.floor(((across - 1) * tile.columns * columnStep.times) / columnStep.by);
  const name = (column: number) => (column < 0 ? `m${-column}` : `${column}`);

  put(`for (var ky = 0; ky < ${kernel}; ky++) {`);
  for (const r of range(tile.rows)) {
    const { y, exists } = gather.rowOf(`(top + ${r})`, 'ky');
    put(`let y${r} = ${y}; let ok${r} = y${r} >= 0 && y${r} < ${source.height} && ${exists};`);
    put(source.openRow(`r${r}`, 'n', `y${r}`));
  }
  put(`for (var c = 0; c < ${Math.ceil(gather.sourceChannels / 4)}; c++) {`);
  for (const r of range(tile.rows)) {
    if (source.wholeRows) {
      const inside = sorted.filter((column) => column >= 0 && column < source.width);
      put(source.loadFixed(`r${r}`, `l${r}_`, inside, 'c'));
      for (const column of sorted) {
        const loaded = inside.includes(column) ? `select(vec4f(), l${r}_${column}, ok${r})` : 'vec4f()';
        put(`let x${r}_${name(column)} = ${loaded};`);
      }
      continue;
    }
    for (const column of sorted) {
      const at = `(start + ${column})`;
      const checks = [
        `ok${r}`,
        ...(column < 0 ? [`${at} >= 0`] : []),
        ...(lastStart + column >= source.width ? [`${at} < ${source.width}`] : []),
      ];
      put(`let x${r}_${name(column)} = select(vec4f(), ${source.load(`r${r}`, at, 'c')}, ${checks.join(' && ')});`);
    }
  }
  for (const q of range(tile.fours))
    for (const kx of range(kernel)) put(matrix(`m${kx}_${q}`, `ky * ${kernel} + ${kx}`, q));
  for (const q of range(tile.fours))
    for (const r of range(tile.rows))
      for (const p of range(tile.columns)) {
        const terms = range(kernel).flatMap((kx) => {
          const column = gather.columnOf(p, kx);
          if (column === undefined) return [];
          const x = `x${r}_${name(column)}`;
          return [transposed ? `${x} * m${kx}_${q}` : `m${kx}_${q} * ${x}`];
        });
        if (terms.length > 0) put(`a${r}_${p}_${q} += ${terms.join(' + ')};`);
      }
  put('}', '}');

  const raggedTiles = tiles % tile.workgroupSize !== 0;
  for (const r of range(tile.rows))
    for (const p of range(tile.columns)) {
      const checks = [
        ...(raggedTiles ? [`place < ${tiles}`] : []),
        ...(output.height % tile.rows !== 0 ? [`top + ${r} < ${output.height}`] : []),
        ...(output.width % tile.columns !== 0 ? [`left + ${p} < ${output.width}`] : []),
      ];
      const pixel = `((n * ${output.height} + top + ${r}) * ${output.width} + left + ${p})`;
      const stores = range(tile.fours).map((q) => gather.finish(pixel, `(o + ${q})`, `a${r}_${p}_${q}`, 'run'));
      put(checks.length > 0 ? `if (${checks.join(' && ')}) { ${stores.join(' ')} }` : stores.join('\n'));
    }
  return builder.finishGroups(lines.join('\n'), {
    groups: workgroups * slices * groups,
    workgroupSize: tile.workgroupSize,
    subgroups,
  });

  /** 4 x 4 weights: column k holds the outputs of source channel k, or, transposed, the source channels of output k. */
  function matrix(matrixName: string, tap: string, q: number): string {
    const four = `(o + ${q})`;
    const rowOf = (lane: string) => {
      const { tensor, stride } = gather.weights;
      const row = gather.weightRow(tap, transposed ? four : 'c', lane);
      const loaded = tensor.load4(row, transposed ? 'c' : four, groups > 1 ? `run * ${stride}` : 0);
      const exists = gather.weightRowExists?.(transposed ? four : 'c', lane);
      return exists === undefined ? loaded : `select(vec4f(), ${loaded}, ${exists})`;
    };
    if (!subgroups)
      return `let ${matrixName} = mat4x4f(${range(4)
        .map((k) => rowOf(`${k}`))
        .join(', ')});`;
    // Each of four lanes loads one row, and all take over all four.
    const shared = range(4).map((k) => `subgroupBroadcast(${matrixName}l, ${k}u)`);
    return `let ${matrixName}l = ${rowOf('lane')}; let ${matrixName} = mat4x4f(${shared.join(', ')});`;
  }
}
