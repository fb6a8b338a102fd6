import { GraphBuilder, type ParameterRange } from '../graph/builder.ts';
import { linear } from '../graph/kinds/linear.ts';
import { classificationMetric, softmaxCrossEntropy } from '../graph/kinds/losses.ts';
import { globalAveragePool } from '../graph/kinds/pooling.ts';
import { sgdUpdate } from '../graph/kinds/update.ts';
import { pullback } from '../graph/pullback.ts';
import { probeModule, type ValueId } from '../graph/value.ts';
import { type ModuleShape, moduleShapes } from '../network/network-shape.ts';
import type { StepConfiguration } from './configuration.ts';
import type { Metric } from './metrics.ts';
import type { MeasuredGraph } from './train-graph.ts';

/** Persistent value [B,C] in which the train graph leaves a module's pooled output for its probe. */
export const pooledLabel = (block: string): string => `probe.${block}.pooled`;

/**
 * One step of the linear probes (method.md 9): each classifies its module's pooled output of the last training step.
 * Same SGD and schedule as the network, no weight decay, zero start.
 */
export function buildProbeGraph(configuration: StepConfiguration): MeasuredGraph {
  const builder = new GraphBuilder();
  const { network, batch, cuts, nesterov } = configuration;
  const labels = builder.add({ label: 'labels', shape: [batch], role: 'input', dtype: 'int32' });
  const metrics: Metric[] = [];
  moduleShapes(network, cuts).forEach((module, index) => {
    builder.within({ module: probeModule, owner: `probe.${module.last}` }, () => {
      const pooled = builder.state(pooledLabel(module.last), [batch, module.width], { kind: 'constant', value: 0 });
      const range = declareProbe(builder, configuration, module);
      const start = builder.nodes.length;
      const logits = probeForward(builder, pooled, range);
      const forward = builder.nodes.slice(start);
      const label = `probe.${module.last}.task`;
      const { cotangent } = softmaxCrossEntropy(builder, logits, labels, label, 'weight.probe');
      pullback(builder, forward, new Map([[logits, cotangent]]), { parameters: true }, { recompute: false });
      sgdUpdate(builder, range, { nesterov, weightDecay: false, guarded: false });
      metrics.push({ kind: 'probe', module: index, purpose: 'local', labels: [label], form: 'classification' });
    });
  });
  return { graph: builder.build('probe', batch), metrics };
}

/** Appends a probe's metric to an evaluation graph. */
export function probeMetric(
  builder: GraphBuilder,
  configuration: StepConfiguration,
  module: ModuleShape,
  pooled: ValueId,
  labels: ValueId,
): string {
  const label = `probe.${module.last}.task`;
  builder.within({ module: probeModule, owner: `probe.${module.last}` }, () => {
    const range = declareProbe(builder, configuration, module);
    classificationMetric(builder, probeForward(builder, pooled, range), labels, label);
  });
  return label;
}

/** Appends a probe's logits [B,classes] on features h, to look at them. */
export function probeLogits(
  builder: GraphBuilder,
  configuration: StepConfiguration,
  module: ModuleShape,
  h: ValueId,
): ValueId {
  return builder.within({ module: probeModule, owner: `probe.${module.last}` }, () =>
    probeForward(builder, globalAveragePool(builder, h), declareProbe(builder, configuration, module)),
  );
}

function declareProbe(builder: GraphBuilder, { network }: StepConfiguration, module: ModuleShape): ParameterRange {
  const initial = { kind: 'constant', value: 0 } as const;
  return builder.parameters([
    { name: 'weight', shape: [module.width, network.classes], initial },
    { name: 'bias', shape: [network.classes], initial },
  ]);
}

const probeForward = (builder: GraphBuilder, pooled: ValueId, range: ParameterRange): ValueId =>
  linear(builder, pooled, range.tensors.get('weight') as ValueId, range.tensors.get('bias') as ValueId, {
    relu: false,
  });
