import { fail, ok, type Problem, type Result } from '../../base/result.ts';
import type { Numbers } from '../executor.ts';
import type { Tensor } from './tensor.ts';

/** The persistent values of one interpreter, by label, and the count of the bytes it holds. Shared by its programs. */
export interface Store {
  /** The tensor labelled `label`; undefined where there is none. */
  get(label: string): Tensor | undefined;
  /** Replaces the tensor of a label that exists. */
  set(label: string, tensor: Tensor): void;
  /** Makes a tensor of zeros unless the label exists; the problem where it exists with another shape. */
  create(label: string, shape: readonly number[]): Problem | undefined;
  /** Overwrites a tensor with a copy of `data`; an unknown label or a wrong length is an error. */
  write(label: string, data: Numbers): Result<void>;
  /** A copy of a tensor; an unknown label is an error. */
  read(label: string): Result<Float64Array>;
  drop(labels: readonly string[]): void;
  /** Counts bytes taken (or, negative, given back) by transient values. */
  count(bytes: number): void;
  bytes(): { readonly held: number; readonly peak: number };
  resetPeak(): void;
  /** Takes the store for one run, or refuses because another run has it. */
  acquire(): boolean;
  release(): void;
}

/** An empty store. */
export function createStore(): Store {
  const tensors = new Map<string, Tensor>();
  let held = 0;
  let peak = 0;
  let busy = false;
  const count = (bytes: number): void => {
    held += bytes;
    peak = Math.max(peak, held);
  };
  const unknown = (label: string) =>
    fail(`There is no persistent value ${label}; compile a graph that has it first.`, label);
  return {
    get: (label) => tensors.get(label),
    set: (label, tensor) => {
      tensors.set(label, tensor);
    },
    create(label, shape) {
      const existing = tensors.get(label);
      if (existing !== undefined) {
        if (existing.shape.join() === shape.join()) return undefined;
        const message = `${label} exists as [${existing.shape.join(', ')}], not [${shape.join(', ')}]; drop it first.`;
        return { message, where: label };
      }
      const data = new Float64Array(shape.reduce((product, size) => product * size, 1));
      tensors.set(label, { shape, data });
      count(data.byteLength);
      return undefined;
    },
    write(label, data) {
      const existing = tensors.get(label);
      if (existing === undefined) return unknown(label);
      if (existing.data.length !== data.length)
        return fail(`${label} holds ${existing.data.length} numbers; ${data.length} were given.`, label);
      tensors.set(label, { shape: existing.shape, data: Float64Array.from(data) });
      return ok(undefined);
    },
    read(label) {
      const existing = tensors.get(label);
      return existing === undefined ? unknown(label) : ok(existing.data.slice());
    },
    drop(labels) {
      for (const label of labels) {
        count(-(tensors.get(label)?.data.byteLength ?? 0));
        tensors.delete(label);
      }
    },
    count,
    bytes: () => ({ held, peak }),
    resetPeak: () => {
      peak = held;
    },
    acquire() {
      if (busy) return false;
      busy = true;
      return true;
    },
    release: () => {
      busy = false;
    },
  };
}
