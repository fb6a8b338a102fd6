import { GraphBuilder } from '../graph/builder.ts';
import { classificationMetric } from '../graph/kinds/losses.ts';
import { globalAveragePool } from '../graph/kinds/pooling.ts';
import { probeModule, type ValueId } from '../graph/value.ts';
import type { ModuleShape } from '../network/network-shape.ts';
import { headForward } from '../network/resnet.ts';
import { type Backbone, declareBackbone, moduleForward } from './backbone.ts';
import { classifierForward, declareClassifier } from './classifier.ts';
import type { StepConfiguration } from './configuration.ts';
import { type Metric, metricLabel } from './metrics.ts';
import { probeMetric } from './probe.ts';
import { termsOf } from './terms.ts';
import type { MeasuredGraph } from './train-graph.ts';

/** Metric value [B,classes] with the head's logits of an evaluation batch. */
export const logitsLabel = 'final.logits';

/**
 * The evaluation of a batch with running statistics: the head, every auxiliary classifier that gives logits, and the probes. Rows with
 * label -1 are padding and count for nothing.
 */
export function buildEvaluateGraph(configuration: StepConfiguration): MeasuredGraph {
  const builder = new GraphBuilder();
  const backbone = declareBackbone(builder, configuration);
  const metrics: Metric[] = [];
  const mode = { kind: 'evaluate' } as const;
  let h = backbone.image;
  backbone.modules.forEach((_, index) => {
    h = moduleForward(builder, backbone, index, h, { stem: mode, blocks: mode });
    if (configuration.localLoss === 'cross_entropy')
      metrics.push(...auxiliaryMetrics(builder, configuration, backbone, index, h));
    if (configuration.probes) metrics.push(moduleProbe(builder, configuration, backbone, index, h));
  });
  metrics.push(...headMetrics(builder, configuration, backbone, h));
  return { graph: builder.build('evaluate', configuration.batch), metrics };
}

function auxiliaryMetrics(
  builder: GraphBuilder,
  configuration: StepConfiguration,
  backbone: Backbone,
  index: number,
  h: ValueId,
): Metric[] {
  if (index === backbone.modules.length - 1) return [];
  const module = backbone.modules[index] as ModuleShape;
  const terms = termsOf(configuration).filter((term) => term.module === index);
  return terms.map(({ purpose }) =>
    builder.within({ module: index, owner: `auxiliary.${module.last}.${purpose}` }, () => {
      const range = declareClassifier(builder, configuration, module, index, purpose);
      const logits = classifierForward(builder, configuration, module, range, h, { kind: 'evaluate' });
      const label = metricLabel(purpose, module.last, 'task');
      classificationMetric(builder, logits, backbone.labels, label);
      return { kind: 'task', module: index, purpose, labels: [label], form: 'classification' } as const;
    }),
  );
}

function moduleProbe(
  builder: GraphBuilder,
  configuration: StepConfiguration,
  backbone: Backbone,
  index: number,
  h: ValueId,
): Metric {
  const module = backbone.modules[index] as ModuleShape;
  const pooled = builder.within({ module: probeModule, owner: `probe.${module.last}` }, () =>
    globalAveragePool(builder, h),
  );
  const label = probeMetric(builder, configuration, module, pooled, backbone.labels);
  return { kind: 'probe', module: index, purpose: 'local', labels: [label], form: 'classification' };
}

/** The head's metric, which is also that of every term of the last module. */
function headMetrics(
  builder: GraphBuilder,
  configuration: StepConfiguration,
  backbone: Backbone,
  h: ValueId,
): Metric[] {
  const index = backbone.modules.length - 1;
  const label = 'final.task';
  builder.within({ module: index, owner: 'head' }, () => {
    const logits = headForward(builder, h, backbone.head, logitsLabel);
    classificationMetric(builder, logits, backbone.labels, label);
  });
  const metric = { module: index, labels: [label], form: 'classification' } as const;
  const terms = termsOf(configuration).filter((term) => term.module === index);
  return [
    { ...metric, kind: 'final', purpose: 'local' },
    ...terms.map(({ purpose }) => ({ ...metric, kind: 'task', purpose }) as const),
  ];
}
