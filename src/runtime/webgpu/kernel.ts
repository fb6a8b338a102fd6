import type { StepGraph } from '../../graph/graph.ts';
import type { Value, ValueId } from '../../graph/value.ts';

/** Piece of a buffer: `resource` names the buffer, and offset and bytes are multiples of 256. */
export interface Location {
  readonly resource: string;
  readonly offset: number;
  readonly bytes: number;
}

/** What one binding of a kernel is. Arena and metrics are always bound read_write, since pieces of one buffer meet in a dispatch. */
export interface Binding extends Location {
  readonly access: 'read' | 'read_write' | 'uniform';
}

/** One dispatch: WGSL with entry point `main` and bindings 0, 1, ... of group 0. Equal code is compiled once. */
export interface Kernel {
  readonly label: string;
  readonly code: string;
  readonly bindings: readonly Binding[];
  readonly workgroups: readonly [number, number];
}

/** What kernels are tuned for: a processor that emulates a GPU (barriers and loads cost much), or a GPU. */
export interface Tuning {
  readonly kind: 'cpu' | 'gpu';
  /** Whether the device has subgroups of at least four. */
  readonly subgroups: boolean;
  /** Multiply-adds below which a convolution gets small tiles, whose code compiles many times faster. */
  readonly smallWork: number;
}

/** What lowering a node to kernels may ask. */
export interface Lowering {
  readonly graph: StepGraph;
  readonly tuning: Tuning;
  value(id: ValueId): Value;
  /** Where a value lies: a part's place is its own, inside its range. */
  locate(id: ValueId): Location;
  /** Workspace of the node at this index, as `graph/workspace.ts` says; asking for one that has none is a bug. */
  workspace(index: number): Location;
  /** Index of a runtime scalar in the uniform buffer. */
  scalarIndex(name: string): number;
}
