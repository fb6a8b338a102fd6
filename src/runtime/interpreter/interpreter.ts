import { ok } from '../../base/result.ts';
import type { Executor, Numbers } from '../executor.ts';
import { createProgram } from './program.ts';
import { createStore } from './store.ts';

/**
 * The reference executor: plain TypeScript in float64, one pure function per node kind, the judge of the others. `read`
 * and metrics answer Float64Array; `write` takes either width. Bytes are measured, at 8 per number: persistent values,
 * transient values from their writer to their last reader, the metrics of each program's last run; not what a node
 * allocates while it runs. One run at a time; a second is refused. Errors name the node, scalar, input or label.
 */
export function createInterpreter(): Executor {
  let store = createStore();
  return {
    name: 'interpreter',
    description: 'float64 on the CPU, plain TypeScript',
    compile: async (graph) => createProgram(graph, store),
    write: async (name, data) => store.write(name, data),
    read: async (name) => store.read(name),
    async snapshot(names) {
      const copies = new Map<string, Numbers>();
      for (const name of names) {
        const read = store.read(name);
        if (!read.ok) return read;
        copies.set(name, read.value);
      }
      return ok({ values: async () => ok(copies) });
    },
    drop: (names) => store.drop(names),
    bytes: () => ({ ...store.bytes(), kind: 'measured' }),
    resetPeak: () => store.resetPeak(),
    dispose() {
      store = createStore();
    },
  };
}
