import type { ColumnKey, ColumnsData } from './history.ts';

/** A module's gradient beside the one back-propagation would give it, on the same images and weights. */
export interface ModuleGradient {
  /** Key of the module's last block. */
  readonly block: string;
  /** Length of the gradient of its backbone parameters, losses weighted, weight decay left out. */
  readonly norm: number;
  readonly bpNorm: number;
  /** -1 to 1; undefined where one of them is zero. */
  readonly cosine: number | undefined;
}

/** What a measurement of gradients takes: images it will really use, and bytes beside the run while it lasts. */
export interface GradientCost {
  readonly images: number;
  readonly bytes: number;
}

/** Gradients of all modules at one step, measured on request. */
export interface GradientMeasurement {
  readonly step: number;
  readonly epoch: number;
  readonly seconds: number;
  readonly images: number;
  readonly modules: readonly ModuleGradient[];
}

/** One row of a history's gradients. */
export function gradientRow({ step, epoch, seconds, modules }: GradientMeasurement): ColumnsData {
  const columns: [ColumnKey, Float64Array<ArrayBuffer>][] = [
    ['step', Float64Array.of(step)],
    ['epoch', Float64Array.of(epoch)],
    ['seconds', Float64Array.of(seconds)],
  ];
  for (const { block, norm, bpNorm, cosine } of modules) {
    columns.push(
      [`${block}/gradient.norm`, Float64Array.of(norm)],
      [`${block}/gradient.bpNorm`, Float64Array.of(bpNorm)],
      [`${block}/gradient.cosine`, Float64Array.of(cosine ?? Number.NaN)],
    );
  }
  return { rows: 1, columns };
}
