import type { StepGraph } from '../graph/graph.ts';
import { idsOf, type Phase } from '../graph/node.ts';

/** Phases by their number in a course. */
export const coursePhases: readonly Phase[] = ['forward', 'backward', 'update'];

/** What each node of a step does and what is held meanwhile, as columns: thousands of nodes travel between threads in no time. */
export interface StepCourse {
  /** Bytes alive at each node, persistent ones included. */
  readonly bytes: Float64Array;
  /** Module of each node; -1 for what belongs to none. */
  readonly modules: Int16Array;
  /** Index into `coursePhases`. */
  readonly phases: Uint8Array;
  /** Index into `names`. */
  readonly nameOf: Uint16Array;
  /** Kind and owner in words, such as `conv2d, block.1.0`. */
  readonly names: readonly string[];
}

/**
 * The course of a step.
 *
 * @param alive transient bytes at each node
 * @param persistentBytes bytes that are there all the time
 */
export function courseOf(graph: StepGraph, alive: readonly number[], persistentBytes: number): StepCourse {
  const count = graph.nodes.length;
  const course = {
    bytes: Float64Array.from(alive, (bytes) => persistentBytes + bytes),
    modules: new Int16Array(count),
    phases: new Uint8Array(count),
    nameOf: new Uint16Array(count),
    names: [] as string[],
  };
  const known = new Map<string, Map<string, number>>();
  graph.nodes.forEach((node, index) => {
    course.modules[index] = node.module;
    course.phases[index] = coursePhases.indexOf(node.phase);
    const [output] = idsOf(node.outputs);
    const owner = (output === undefined ? undefined : graph.values[output]?.owner) ?? '';
    const ofOwner = known.get(owner) ?? new Map<string, number>();
    known.set(owner, ofOwner);
    let name = ofOwner.get(node.kind);
    if (name === undefined) {
      name = course.names.push(owner === '' ? node.kind : `${node.kind}, ${owner}`) - 1;
      ofOwner.set(node.kind, name);
    }
    course.nameOf[index] = name;
  });
  return course;
}
