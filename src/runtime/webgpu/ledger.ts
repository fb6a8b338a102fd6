/** Counts the bytes of every buffer an executor makes and destroys. */
export interface BufferLedger {
  create(label: string, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer;
  destroy(buffer: GPUBuffer): void;
  held(): number;
  peak(): number;
  resetPeak(): void;
}

/** A ledger of the buffers of `device`. */
export function createLedger(device: GPUDevice): BufferLedger {
  let held = 0;
  let peak = 0;
  return {
    create(label, size, usage) {
      held += size;
      peak = Math.max(peak, held);
      return device.createBuffer({ label, size, usage });
    },
    destroy(buffer) {
      held -= buffer.size;
      buffer.destroy();
    },
    held: () => held,
    peak: () => peak,
    resetPeak() {
      peak = held;
    },
  };
}
