import { keep, type Tensor, tensor, zeros } from '@tensorflow/tfjs-core';
import { fail, ok, type Result } from '../../base/result.ts';
import { elements } from '../../graph/value.ts';
import type { Numbers } from '../executor.ts';
import type { Ledger } from './ledger.ts';

/** The persistent tensors of an executor, by label, shared by its programs. */
export interface Store {
  /** Makes a value of zeros unless there is one; an error where it exists with another shape. */
  create(label: string, shape: readonly number[]): Result<void>;
  get(label: string): Tensor | undefined;
  /** Replaces a value's tensor; the store owns the new one and frees the old one. */
  set(label: string, next: Tensor): void;
  write(label: string, data: Numbers): Result<void>;
  drop(labels: readonly string[]): void;
  clear(): void;
}

/** An empty store whose tensors are counted in `ledger`. */
export function createStore(ledger: Ledger): Store {
  const tensors = new Map<string, Tensor>();
  const forget = (label: string) => {
    const held = tensors.get(label);
    if (held === undefined) return;
    ledger.remove(held);
    held.dispose();
    tensors.delete(label);
  };
  const set = (label: string, next: Tensor) => {
    forget(label);
    tensors.set(label, keep(next));
    ledger.add(next);
  };
  return {
    create(label, shape) {
      const held = tensors.get(label);
      if (held === undefined) {
        set(label, zeros(shape as number[]));
        return ok(undefined);
      }
      if (held.shape.join() === shape.join()) return ok(undefined);
      const problem = `It exists with shape [${held.shape}] and the graph wants [${shape}]; drop it first.`;
      return fail(`${label} changed its shape. ${problem}`, label);
    },
    get: (label) => tensors.get(label),
    set,
    write(label, data) {
      const held = tensors.get(label);
      if (held === undefined) return fail(`No value is called ${label}; compile a graph that has it first.`, label);
      const wanted = elements(held.shape);
      if (data.length !== wanted) return fail(`${label} has ${wanted} numbers, ${data.length} were given.`, label);
      // A copy: GPU backends upload later, when the caller may have changed its array.
      set(label, tensor(Float32Array.from(data), held.shape, 'float32'));
      return ok(undefined);
    },
    drop(labels) {
      for (const label of labels) forget(label);
    },
    clear() {
      for (const label of [...tensors.keys()]) forget(label);
    },
  };
}
