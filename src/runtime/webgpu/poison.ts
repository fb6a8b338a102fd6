import type { GraphPlan } from '../../graph/memory-plan.ts';
import type { BufferLedger } from './ledger.ts';

/** Writes NaN over places nothing lives in any more: a reader of freed memory then shows in the numbers. */
export interface Poison {
  fill(encoder: GPUCommandEncoder, arena: GPUBuffer, node: number): void;
  dispose(): void;
}

/** Poison for one plan; its buffer is counted in the ledger. */
export function createPoison(device: GPUDevice, ledger: BufferLedger, plan: GraphPlan): Poison {
  const largest = Math.max(4, ...plan.freed.flat().map(({ bytes }) => bytes));
  const buffer = ledger.create('poison', largest, GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST);
  device.queue.writeBuffer(buffer, 0, new Float32Array(largest / 4).fill(Number.NaN));
  return {
    fill(encoder, arena, node) {
      for (const { offset, bytes } of plan.freed[node] ?? [])
        encoder.copyBufferToBuffer(buffer, 0, arena, offset, bytes);
    },
    dispose: () => ledger.destroy(buffer),
  };
}
