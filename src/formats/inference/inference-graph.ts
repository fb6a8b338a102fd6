import { fail, ok, type Result } from '../../base/result.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { type StepGraph, valueIn } from '../../graph/graph.ts';
import {
  type Conv2d,
  type GlobalAveragePool,
  idsOf,
  type Linear,
  type Normalise,
  type SumGroups,
} from '../../graph/node.ts';
import type { Value, ValueId } from '../../graph/value.ts';
import type { StepConfiguration } from '../../methods/configuration.ts';
import { buildEvaluateGraph } from '../../methods/evaluate-graph.ts';
import type { Metric } from '../../methods/metrics.ts';
import { pytorchShape } from '../layout.ts';
import { pytorchNames } from '../pytorch-names.ts';
import type { Tensor, TensorFile } from '../safetensors.ts';
import { trainedConfiguration } from '../trained-configuration.ts';

/** The operations a trained network is made of. */
export type InferenceNode = Conv2d | Normalise | GlobalAveragePool | Linear | SumGroups;

/** Logits [B,classes] a model answers with: `logits`, or an early exit such as `module_0_cascade` or `module_1_probe`. */
export interface InferenceOutput {
  readonly name: string;
  readonly value: Value;
}

/** A trained network as it classifies: the nodes of the evaluation graph that its outputs need, and their weights. */
export interface InferenceGraph {
  readonly configuration: StepConfiguration;
  readonly values: readonly Value[];
  readonly nodes: readonly InferenceNode[];
  /** Normalised image [B,H,W,3]; the batch of the graph is 1, a model's is free. */
  readonly input: Value;
  readonly outputs: readonly InferenceOutput[];
  /** Weights and running statistics by value, in PyTorch's layout and under its names. */
  readonly weights: ReadonlyMap<ValueId, { readonly name: string; readonly tensor: Tensor }>;
}

export interface InferenceOptions {
  /** Every module's auxiliary classifiers and probe as outputs of their own, where they give logits. */
  readonly earlyExits: boolean;
}

/** Operator kinds of the networks here, for exhaustive lowering. */
const inferenceKinds: readonly string[] = ['conv2d', 'normalise', 'globalAveragePool', 'linear', 'sumGroups'];

/**
 * Takes the trained network of `experiment` out of its evaluation graph, with the weights of `file`. Errors: tensors the network needs
 * that the file lacks or holds in another shape, all of them named.
 */
export function inferenceGraph(
  experiment: Experiment,
  file: TensorFile,
  { earlyExits }: InferenceOptions,
): Result<InferenceGraph> {
  const probes = experiment.probes && [...file.tensors.keys()].some((name) => name.startsWith('probe.'));
  const configuration = { ...trainedConfiguration({ ...experiment, patchesAtOnce: 'all' }, file), batch: 1, probes };
  const { graph, metrics } = buildEvaluateGraph(configuration);
  const outputs = metrics
    .filter((metric) => metric.kind === 'final' || (earlyExits && isEarlyExit(metric, configuration)))
    .map((metric) => ({ name: outputName(metric), value: logitsOf(graph, metric) }))
    // The network's own logits first.
    .sort((a, b) => Number(b.name === 'logits') - Number(a.name === 'logits'));
  const nodes = neededNodes(
    graph,
    outputs.map(({ value }) => value.id),
  );
  const weights = weightsOf(graph, configuration, nodes, file);
  if (!weights.ok) return weights;
  const image = graph.nodes.find(({ kind }) => kind === 'augmentNormalise');
  const input = valueIn(graph, idsOf(image?.outputs ?? {})[0] as ValueId);
  return ok({ configuration, values: graph.values, nodes, input, outputs, weights: weights.value });
}

const isEarlyExit = (metric: Metric, { cuts }: StepConfiguration): boolean =>
  metric.kind === 'probe' || (metric.kind === 'task' && metric.module < cuts.length - 1);

const outputName = ({ kind, module, purpose }: Metric): string =>
  kind === 'final' ? 'logits' : `module_${module}_${kind === 'probe' ? 'probe' : purpose}`;

/** The logits a classification metric is computed from. */
function logitsOf(graph: StepGraph, metric: Metric): Value {
  for (const node of graph.nodes) {
    if (node.kind === 'softmaxCrossEntropy' && valueIn(graph, node.outputs.metric).label === metric.labels[0])
      return valueIn(graph, node.inputs.logits);
  }
  throw new Error(`no logits for ${metric.labels[0]}`);
}

/** The nodes that some values need, in order. */
function neededNodes(graph: StepGraph, wanted: readonly ValueId[]): InferenceNode[] {
  const needed = new Set(wanted);
  const nodes: InferenceNode[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (node.kind === 'augmentNormalise' || !idsOf(node.outputs).some((id) => needed.has(id))) continue;
    if (!isInferenceNode(node)) throw new Error(`${node.kind} in an evaluation graph`);
    nodes.unshift(node);
    for (const id of idsOf(node.inputs)) needed.add(id);
  }
  return nodes;
}

const isInferenceNode = (node: { readonly kind: string }): node is InferenceNode => inferenceKinds.includes(node.kind);

function weightsOf(
  graph: StepGraph,
  configuration: StepConfiguration,
  nodes: readonly InferenceNode[],
  file: TensorFile,
): Result<InferenceGraph['weights']> {
  const names = new Map(pytorchNames(graph, configuration).map(({ name, value }) => [value.id, name]));
  const weights = new Map<ValueId, { readonly name: string; readonly tensor: Tensor }>();
  const problems: string[] = [];
  for (const id of new Set(nodes.flatMap((node) => idsOf(node.inputs)))) {
    const value = valueIn(graph, id);
    if (value.role !== 'parameter' && value.role !== 'state') continue;
    const name = names.get(id) ?? value.label;
    const tensor = file.tensors.get(name);
    const wanted = pytorchShape(value.shape);
    if (tensor === undefined) problems.push(`${name} is missing`);
    else if (tensor.shape.join() !== wanted.join())
      problems.push(`${name} is [${tensor.shape.join(', ')}], not [${wanted.join(', ')}]`);
    else weights.set(id, { name, tensor });
  }
  if (problems.length === 0) return ok(weights);
  return fail(
    `The weights do not fit the experiment: ${problems.join('; ')}. Export weights and experiment of one run.`,
    'weights',
  );
}
