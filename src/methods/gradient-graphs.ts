import { totalBytes } from '../graph/allocation.ts';
import type { StepGraph } from '../graph/graph.ts';
import { planGraph } from '../graph/memory-plan.ts';
import { isPersistent, type Value } from '../graph/value.ts';
import { blockKey } from '../network/network-shape.ts';
import { asBackPropagation, type StepConfiguration } from './configuration.ts';
import { buildTrainGraph } from './train-graph.ts';

/** Before the labels of all that a measurement of gradients keeps: it shares nothing with the run. */
const apart = 'gradients.';

/** Where a measurement keeps its own copy of a persistent value. */
export const labelApart = (label: string): string => `${apart}${label}`;

/**
 * Scalars under which a training step leaves each gradient in the place of its velocity, which starts at zero:
 * v = 0 * v + gradient + 0 * p (method.md 7).
 */
export const gradientScalars = { learningRate: 0, momentum: 0, weightDecay: 0 } as const;

/** The step of a method and that of back-propagation on the same images, both on copies of the weights. */
export interface GradientGraphs {
  readonly own: StepGraph;
  readonly bp: StepGraph;
  /** Labels of a module's backbone tensors (stem and head included, auxiliary networks not), as the run names them. */
  readonly modules: readonly { readonly block: string; readonly tensors: readonly string[] }[];
}

/**
 * Graphs that measure gradients on `images` images.
 *
 * @param configuration of the run; its batch is not looked at
 */
export function buildGradientGraphs(configuration: StepConfiguration, images: number): GradientGraphs {
  const wanted = { ...configuration, batch: images, probes: false };
  const own = buildTrainGraph(wanted).graph;
  const bp = buildTrainGraph(asBackPropagation(wanted)).graph;
  const modules = configuration.cuts.map((cut, module) => ({
    block: blockKey(cut),
    tensors: own.values.filter((value) => value.module === module && isBackboneTensor(value)).map(({ label }) => label),
  }));
  return { own: setApart(own), bp: setApart(bp), modules };
}

/** Where the gradient of a tensor stands after a step of one of these graphs. */
export const gradientLabel = (tensor: string): string => labelApart(`velocity.${tensor}`);

/** Bytes an executor needs beside the run: the graphs run one after the other. */
export const gradientBytes = ({ own, bp }: Pick<GradientGraphs, 'own' | 'bp'>): number =>
  Math.max(...[own, bp].map((graph) => totalBytes([graph], [planGraph(graph).arenaBytes])));

const isBackboneTensor = ({ role, part, owner }: Value): boolean =>
  role === 'parameter' && part !== undefined && /^(stem|head|block\.)/.test(owner);

/** The graph with persistent values of its own. */
const setApart = (graph: StepGraph): StepGraph => ({
  ...graph,
  purpose: 'probe',
  values: graph.values.map((value) =>
    isPersistent(value.role) ? { ...value, label: labelApart(value.label) } : value,
  ),
});
