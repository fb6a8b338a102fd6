import type { StepGraph } from './graph.ts';
import type { BatchNormGradient, BatchStatistics, Conv2dParameterGradient, GraphNode } from './node.ts';
import { elements, type ValueId } from './value.ts';

/**
 * Room a node's kernels need beside its inputs and outputs: sums over many pixels are split over threads, and the kernel that reads the
 * parts adds them up in order, so that one seed gives one result. Pure functions of shapes, so that a plan knows them beforehand.
 */
export interface Workspace {
  readonly bytes: number;
  /** Index of the last node that reads it. */
  readonly until: number;
}

/** Parts of a sum over the pixels of a batch normalisation. */
export const normalisationSplits = (pixels: number): number => Math.min(32, pixels);

/** Parts of a sum over many numbers that ends in one. */
export const totalSplits = (numbers: number): number => Math.min(256, Math.ceil(numbers / 64));

/** Parts of the sum over output rows that a convolution's parameter gradient is, so that some thousands of threads have work. */
export function filterSplits(rows: number, groups: number, inputs: number, outputs: number): number {
  const tiles = groups * Math.ceil(inputs / 4) * Math.ceil(outputs / 4);
  return Math.max(1, Math.min(rows, Math.ceil(4096 / tiles)));
}

/** Workspace of the node at `index`; undefined where it needs none. */
export function workspaceOf(graph: StepGraph, index: number): Workspace | undefined {
  const node = graph.nodes[index] as GraphNode;
  const shape = (id: ValueId) => graph.values[id]?.shape ?? [];
  switch (node.kind) {
    case 'batchStatistics':
      return {
        bytes: normalisationBytes(node, shape(node.inputs.x)),
        until: isNormalisedNext(graph, index) ? index + 1 : index,
      };
    case 'batchNormGradient':
      return { bytes: normalisationBytes(node, shape(node.inputs.x)), until: index };
    case 'conv2dParameterGradient':
      return {
        bytes: filterBytes(node, shape(node.inputs.dy), shape(node.outputs.dweights[0] as ValueId)),
        until: index,
      };
    case 'binaryCrossEntropy':
      return { bytes: 4 * totalSplits(elements(shape(node.inputs.logits))), until: index };
    case 'contrast':
      // The logarithm of the sum of exponentials and the number of partners of every row.
      return { bytes: 8 * (shape(node.inputs.features)[0] as number), until: index };
    default:
      return undefined;
  }
}

/** Whether the node after these statistics normalises by them, so that its kernel can finish them. */
export function isNormalisedNext(graph: StepGraph, index: number): boolean {
  const node = graph.nodes[index] as GraphNode;
  const next = graph.nodes[index + 1];
  return (
    node.kind === 'batchStatistics' &&
    next?.kind === 'normalise' &&
    next.inputs.x === node.inputs.x &&
    next.inputs.mean === node.outputs.mean &&
    next.inputs.variance === node.outputs.variance
  );
}

/** Two sums a channel, in each part. */
function normalisationBytes(node: BatchStatistics | BatchNormGradient, x: readonly number[]): number {
  const { groups } = node.attributes;
  const channels = x.at(-1) as number;
  return 8 * normalisationSplits(elements(x) / channels / groups) * groups * channels;
}

/** The gradient of all weights and biases, in each part. */
function filterBytes({ outputs }: Conv2dParameterGradient, dy: readonly number[], weights: readonly number[]): number {
  const [rows, height, , channels] = dy as [number, number, number, number];
  const groups = outputs.dweights.length;
  const splits = filterSplits((rows * height) / groups, groups, weights[2] as number, channels);
  const biases = outputs.dbiases.length > 0 ? channels : 0;
  return 4 * splits * groups * (elements(weights) + biases);
}
