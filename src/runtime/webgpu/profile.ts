import type { Phase } from '../../graph/node.ts';
import type { BufferLedger } from './ledger.ts';

/** What one kernel of a measured step took on the device. */
export interface KernelTime {
  readonly label: string;
  readonly phase: Phase;
  readonly module: number;
  readonly milliseconds: number;
}

/** Timestamps around every dispatch of one step; made for that step and freed after it. */
export interface Timestamps {
  /** What a pass of dispatch `index` is begun with. */
  pass(index: number): GPUComputePassDescriptor;
  resolve(encoder: GPUCommandEncoder): void;
  /** Milliseconds of each dispatch, once the step was submitted; the timestamps are gone then. */
  read(): Promise<number[]>;
}

/** Most timestamps of one set that WebGPU allows. */
const largestSet = 4096;

/** Whether a step of this many dispatches can be measured on `device`. */
export const canMeasure = (device: GPUDevice, dispatches: number): boolean =>
  device.features.has('timestamp-query') && 2 * dispatches <= largestSet;

/** Timestamps for a step of `dispatches` dispatches. */
export function createTimestamps(device: GPUDevice, ledger: BufferLedger, dispatches: number): Timestamps {
  const count = 2 * dispatches;
  const bytes = 8 * count;
  const querySet = device.createQuerySet({ type: 'timestamp', count });
  const resolved = ledger.create('timestamps', bytes, GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC);
  const staging = ledger.create('timestamps read', bytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  return {
    pass: (index) => ({
      timestampWrites: { querySet, beginningOfPassWriteIndex: 2 * index, endOfPassWriteIndex: 2 * index + 1 },
    }),
    resolve(encoder) {
      encoder.resolveQuerySet(querySet, 0, count, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, staging, 0, bytes);
    },
    async read() {
      try {
        await staging.mapAsync(GPUMapMode.READ);
        const stamps = new BigUint64Array(staging.getMappedRange().slice(0));
        return Array.from(
          { length: dispatches },
          (_, index) => Number((stamps[2 * index + 1] as bigint) - (stamps[2 * index] as bigint)) / 1e6,
        );
      } finally {
        querySet.destroy();
        ledger.destroy(resolved);
        ledger.destroy(staging);
      }
    },
  };
}
