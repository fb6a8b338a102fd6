import { fail, ok, type Result } from '../../base/result.ts';
import { partsOfRanges, type StepGraph } from '../../graph/graph.ts';
import { alignedBytes, elements, isPersistent, type Value, valueBytes } from '../../graph/value.ts';
import type { BufferLedger } from './ledger.ts';

/** A tensor of the store: a piece of a buffer. */
export interface Stored {
  readonly buffer: GPUBuffer;
  /** Label of the range or value the buffer is for. */
  readonly storage: string;
  readonly offset: number;
  readonly shape: readonly number[];
}

/** The persistent values of an executor and the batch's buffers, shared by its programs. A range is one buffer. */
export interface Store {
  /** Makes what a graph mentions and is not there yet; zeros. Errors: a value is there with another shape. */
  create(graph: StepGraph): Result<void>;
  /** The buffer that holds a range, a value of its own, or an input, by its label. */
  buffer(label: string): GPUBuffer | undefined;
  get(label: string): Stored | undefined;
  /** Forgets tensors; a buffer goes with its last one. */
  drop(labels: readonly string[]): void;
  /** Frees the batch's buffers that no graph here has. */
  keepInputs(graphs: readonly StepGraph[]): void;
  clear(): void;
}

/** Label of an input's buffer: batches of another size have another. */
export const inputLabel = (value: Value): string => `input ${value.label} ${alignedBytes(valueBytes(value))}`;

/** An empty store. */
export function createStore(ledger: BufferLedger): Store {
  const buffers = new Map<string, GPUBuffer>();
  const tensors = new Map<string, Stored>();
  const usage = () => GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
  const bufferFor = (label: string, bytes: number): GPUBuffer => {
    const known = buffers.get(label);
    if (known !== undefined) return known;
    const made = ledger.create(label, bytes, usage());
    buffers.set(label, made);
    return made;
  };
  const free = (label: string) => {
    const buffer = buffers.get(label);
    if (buffer === undefined) return;
    ledger.destroy(buffer);
    buffers.delete(label);
  };
  const drop = (labels: readonly string[]) => {
    const touched = new Set<string>();
    for (const label of labels) {
      const tensor = tensors.get(label);
      if (tensor === undefined) continue;
      tensors.delete(label);
      touched.add(tensor.storage);
    }
    for (const { storage } of tensors.values()) touched.delete(storage);
    for (const storage of touched) free(storage);
  };
  return {
    create(graph) {
      const parts = partsOfRanges(graph);
      const stored = graph.values.filter(({ role, part }) => isPersistent(role) && part === undefined);
      for (const value of stored) {
        const buffer = buffers.get(value.label);
        if (buffer !== undefined && buffer.size !== alignedBytes(valueBytes(value)))
          return fail(`${value.label} changed its size; drop it first.`, value.label);
        for (const piece of parts.get(value.id) ?? [value]) {
          const held = tensors.get(piece.label);
          if (held === undefined) continue;
          const same = held.shape.join() === piece.shape.join() && held.offset === (piece.part?.offset ?? 0);
          if (same && held.storage === value.label) continue;
          const problem = `It exists as [${held.shape}] in ${held.storage}, and the graph wants [${piece.shape}] in ${value.label}; drop it first.`;
          return fail(`${piece.label} changed. ${problem}`, piece.label);
        }
      }
      for (const value of stored) {
        const buffer = bufferFor(value.label, alignedBytes(valueBytes(value)));
        for (const { label, shape, part } of parts.get(value.id) ?? [value])
          tensors.set(label, { buffer, storage: value.label, offset: part?.offset ?? 0, shape });
      }
      for (const value of graph.values)
        if (value.role === 'input') bufferFor(inputLabel(value), alignedBytes(valueBytes(value)));
      return ok(undefined);
    },
    buffer: (label) => buffers.get(label),
    get: (label) => tensors.get(label),
    drop,
    keepInputs(graphs) {
      const wanted = new Set(
        graphs.flatMap(({ values }) => values.filter(({ role }) => role === 'input').map(inputLabel)),
      );
      for (const label of [...buffers.keys()]) if (label.startsWith('input ') && !wanted.has(label)) free(label);
    },
    clear() {
      drop([...tensors.keys()]);
      for (const label of [...buffers.keys()]) free(label);
    },
  };
}

/** Bytes of a tensor's numbers. */
export const storedBytes = ({ shape }: Stored): number => 4 * elements(shape);
