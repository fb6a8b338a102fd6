import { metricSlots } from '../../graph/allocation.ts';
import type { StepGraph } from '../../graph/graph.ts';
import { elements } from '../../graph/value.ts';
import type { Numbers } from '../executor.ts';
import type { Layout } from './layout.ts';
import type { BufferLedger } from './ledger.ts';

/** The metrics of a program: one buffer that kernels write, and slots through which whole steps of them are read without stalling. */
export interface MetricRing {
  readonly buffer: GPUBuffer | undefined;
  /** Waits for a slot that nobody reads. */
  free(): Promise<void>;
  /** Appends the copy of this step's metrics to the slot that `free` found. */
  record(encoder: GPUCommandEncoder): void;
  /** Begins to read the step recorded last. */
  read(): Promise<Map<string, Numbers>>;
  dispose(): void;
}

/** A ring of slots for the metrics of `graph`. */
export function createMetricRing(graph: StepGraph, layout: Layout, ledger: BufferLedger, bytes: number): MetricRing {
  const metrics = graph.values.filter(({ role }) => role === 'metric');
  if (bytes === 0) {
    return { buffer: undefined, free: async () => {}, record() {}, read: async () => new Map(), dispose() {} };
  }
  const buffer = ledger.create(
    'metrics',
    bytes,
    GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  );
  const slots = Array.from({ length: metricSlots }, (_, index) => ({
    buffer: ledger.create(`metrics ${index}`, bytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST),
    reading: undefined as Promise<unknown> | undefined,
  }));
  let next = 0;
  const slot = (index: number) => slots[index % metricSlots] as (typeof slots)[number];
  return {
    buffer,
    async free() {
      await slot(next).reading?.catch(() => undefined);
    },
    record(encoder) {
      encoder.copyBufferToBuffer(buffer, 0, slot(next).buffer, 0, bytes);
      next += 1;
    },
    read() {
      const held = slot(next + metricSlots - 1);
      const reading = held.buffer.mapAsync(GPUMapMode.READ).then(() => {
        const data = held.buffer.getMappedRange();
        const numbers = metrics.map(({ id, label, shape }) => {
          const offset = layout.metrics.get(id) as number;
          return [label, new Float32Array(data.slice(offset, offset + 4 * elements(shape)))] as const;
        });
        held.buffer.unmap();
        held.reading = undefined;
        return new Map<string, Numbers>(numbers);
      });
      held.reading = reading;
      return reading;
    },
    dispose() {
      ledger.destroy(buffer);
      for (const held of slots) ledger.destroy(held.buffer);
    },
  };
}
