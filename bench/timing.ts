import type { Prepared } from './engines/engine.ts';
import type { GpuCounter } from './gpu-count.ts';
import type { Finding } from './measurement.ts';
import { median } from './median.ts';

export interface Repeats {
  /** Timed runs at most. */
  readonly most: number;
  /** No run begins once the timed ones took this many milliseconds together. */
  readonly budget: number;
}

/** Five runs, of slow engines fewer. */
export const usualRepeats: Repeats = { most: 5, budget: 20_000 };

type Timed = Pick<
  Finding,
  | 'milliseconds'
  | 'imagesPerSecond'
  | 'gflops'
  | 'dispatches'
  | 'submits'
  | 'plannedBytes'
  | 'allocatedBytes'
  | 'objectsMade'
  | 'note'
>;

/** Warms up, then times runs one by one, and counts what the last one asked of the GPU. */
export async function timeRuns(
  prepared: Prepared,
  gpu: GpuCounter | undefined,
  { most, budget }: Repeats,
): Promise<Timed> {
  const first = await prepared.run();
  for (let run = 1; run < prepared.warmUp; run++) await prepared.run();
  const times: number[] = [];
  gpu?.reset();
  let peak = 0;
  while (times.length < most && (times.length === 0 || sum(times) < budget)) {
    peak = Math.max(peak, gpu?.peakBytes() ?? 0);
    gpu?.reset();
    const started = performance.now();
    await prepared.run();
    times.push(performance.now() - started);
  }
  peak = Math.max(peak, gpu?.peakBytes() ?? 0);
  const used = gpu !== undefined && gpu.count.dispatches > 0 ? gpu : undefined;
  const made = used && used.count.buffers + used.count.bindGroups + used.count.pipelines;
  const milliseconds = median(times);
  return {
    milliseconds,
    imagesPerSecond: prepared.images === undefined ? null : (1000 * prepared.images) / milliseconds,
    gflops: (2 * prepared.multiplyAdds) / milliseconds / 1e6,
    dispatches: used?.count.dispatches ?? null,
    submits: used?.count.submits ?? null,
    plannedBytes: prepared.plannedBytes ?? null,
    allocatedBytes: used === undefined ? (prepared.ownBytes?.() ?? null) : peak,
    objectsMade: made ?? null,
    note: [
      `${prepared.warmUp} + ${times.length} runs`,
      ...(first === undefined ? [] : [`first loss ${first.toFixed(3)}`]),
      ...(made === undefined ? [] : [`${made} GPU objects made in a run`]),
      ...prepared.remarks,
    ].join('; '),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
