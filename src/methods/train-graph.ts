import { GraphBuilder, type ParameterRange } from '../graph/builder.ts';
import type { StepGraph } from '../graph/graph.ts';
import { softmaxCrossEntropy } from '../graph/kinds/losses.ts';
import { globalAveragePool } from '../graph/kinds/pooling.ts';
import { add, copy, sgdUpdate } from '../graph/kinds/update.ts';
import type { GraphNode } from '../graph/node.ts';
import { pullback } from '../graph/pullback.ts';
import { probeModule, type ValueId } from '../graph/value.ts';
import type { ModuleShape } from '../network/network-shape.ts';
import { headForward } from '../network/resnet.ts';
import { type Backbone, declareBackbone, moduleForward, moduleRanges, trainingModes } from './backbone.ts';
import { classifierStep, declareClassifier } from './classifier.ts';
import type { StepConfiguration } from './configuration.ts';
import { declareDecoder, decoderStep } from './decoder.ts';
import { type Metric, metricLabel } from './metrics.ts';
import { pooledLabel } from './probe.ts';
import { appendSchedule } from './schedule.ts';
import { type Purpose, type Term, termsOf, weightName, widestWindow } from './terms.ts';

/** Metric [1]: the guard after the step; 0, or the number of the first module that diverged, counted from 1. */
export const guardLabel = 'guard after the step';

/** A graph and what it measures. */
export interface MeasuredGraph {
  readonly graph: StepGraph;
  readonly metrics: readonly Metric[];
}

/** The training step of a configuration: every loss, every gradient, every update, in the order they run. */
export function buildTrainGraph(configuration: StepConfiguration): MeasuredGraph {
  const builder = new GraphBuilder();
  const backbone = declareBackbone(builder, configuration);
  const terms = termsOf(configuration);
  const { modules } = backbone;
  const inputs: ValueId[] = [];
  const outputs: ValueId[] = [];
  const forwardNodes: GraphNode[][] = [];
  const metrics: Metric[] = [];
  const step: StepContext = { builder, configuration, backbone, metrics };
  const head: OpenHead[] = [];
  const appendTerms = (index: number, ending: readonly Term[], accumulate: ValueId | undefined) => {
    const h = outputs[index] as ValueId;
    let arrived = accumulate;
    for (const term of ending) {
      arrived =
        index === last ? pullHead(step, head[0] as OpenHead, term, h, arrived) : auxiliaryTerm(step, term, h, arrived);
    }
    return arrived;
  };

  const termsAt = (index: number, narrow: boolean) =>
    terms.filter((term) => term.module === index && isNarrow(term) === narrow);
  const last = modules.length - 1;

  appendSchedule(builder, {
    count: modules.length,
    window: widestWindow(terms),
    forward(index) {
      const input = index === 0 ? backbone.image : (outputs[index - 1] as ValueId);
      const start = builder.nodes.length;
      const h = moduleForward(builder, backbone, index, input, trainingModes(configuration, index, modules.length));
      inputs[index] = input;
      outputs[index] = h;
      forwardNodes[index] = builder.nodes.slice(start);
      if (configuration.probes) poolForProbe(builder, modules[index] as ModuleShape, h);
      if (index === last)
        head.push(
          openHead(
            step,
            terms.filter((term) => term.module === last),
            h,
          ),
        );
    },
    wideTerms: (index) => appendTerms(index, termsAt(index, false), undefined),
    hasNarrowTerms: (index) => termsAt(index, true).length > 0,
    narrowTerms: (index, accumulate) => appendTerms(index, termsAt(index, true), accumulate),
    pull(index, cotangent, wanted, accumulate) {
      const owner = `module.${index}`;
      const arriving = new Map([[outputs[index] as ValueId, cotangent]]);
      const input = wanted.input ? inputs[index] : undefined;
      return builder.within({ module: index, owner }, () =>
        pullback(
          builder,
          forwardNodes[index] as GraphNode[],
          arriving,
          { input, parameters: wanted.parameters },
          {
            accumulate,
            recompute: true,
          },
        ),
      );
    },
    update(index) {
      for (const range of moduleRanges(backbone, index)) update(step, range);
    },
  });
  reportGuard(builder);
  return { graph: builder.build('train', configuration.batch), metrics };
}

interface StepContext {
  readonly builder: GraphBuilder;
  readonly configuration: StepConfiguration;
  readonly backbone: Backbone;
  readonly metrics: Metric[];
}

/** Terms of windows above 1 are wide; an independent loss never is. */
const isNarrow = (term: Term): boolean => term.purpose === 'independent';

/** One auxiliary network: its losses, its whole pullback and its update. Returns the cotangent at h. */
function auxiliaryTerm(step: StepContext, term: Term, h: ValueId, accumulate: ValueId | undefined): ValueId {
  const { builder, configuration, backbone, metrics } = step;
  const { module: index, purpose } = term;
  const module = backbone.modules[index] as ModuleShape;
  const owner = `auxiliary.${module.last}.${purpose}`;
  return builder.within({ module: index, owner }, () => {
    const classifier = declareClassifier(builder, configuration, module, index, purpose);
    const task = classifierStep(builder, configuration, module, classifier, h, {
      labels: backbone.labels,
      purpose,
      accumulate,
    });
    metrics.push({
      kind: 'task',
      module: index,
      purpose,
      labels: [labelOf(builder, task.metric)],
      form: configuration.localLoss === 'cross_entropy' ? 'classification' : 'mean',
    });
    update(step, classifier);
    if (!term.reconstruct) return task.cotangent;
    const decoder = declareDecoder(builder, configuration, module, index, purpose);
    const reconstruction = decoderStep(builder, configuration, module, decoder, h, {
      image: backbone.image,
      purpose,
      accumulate: task.cotangent,
    });
    const labels = reconstruction.metrics.map((id) => labelOf(builder, id));
    metrics.push({ kind: 'reconstruction', module: index, purpose, labels, form: 'mean' });
    update(step, decoder);
    return reconstruction.cotangent;
  });
}

/** The head after its forward pass and parameter pullback: what is left is a cotangent at h for each term. */
interface OpenHead {
  readonly forward: readonly GraphNode[];
  readonly logits: ValueId;
  readonly cotangents: ReadonlyMap<Term, ValueId>;
}

/** The last module's terms share the head: one forward pass, a loss for each term, one parameter pullback of their sum. */
function openHead({ builder, backbone, metrics }: StepContext, terms: readonly Term[], h: ValueId): OpenHead {
  const index = backbone.modules.length - 1;
  const block = (backbone.modules[index] as ModuleShape).last;
  return builder.within({ module: index, owner: 'head' }, () => {
    const start = builder.nodes.length;
    const logits = headForward(builder, h, backbone.head);
    const forward = builder.nodes.slice(start);
    const cotangents = new Map<Term, ValueId>();
    for (const term of terms) {
      const { purpose } = term;
      const weight = weightName(block, purpose, 'task');
      const loss = softmaxCrossEntropy(builder, logits, backbone.labels, metricLabel(purpose, block, 'task'), weight);
      metrics.push(headMetric(builder, 'task', index, purpose, loss.metric));
      if (cotangents.size === 0) metrics.push(headMetric(builder, 'final', index, purpose, loss.metric));
      cotangents.set(term, loss.cotangent);
    }
    const total = [...cotangents.values()].reduce((a, b) =>
      builder.within({ phase: 'backward' }, () => add(builder, { value: a }, { value: b })),
    );
    pullback(builder, forward, new Map([[logits, total]]), { parameters: true }, { recompute: false });
    return { forward, logits, cotangents };
  });
}

/** The cotangent of one of the head's terms at h. The last one pulled frees the head for its update. */
function pullHead(
  step: StepContext,
  { forward, logits, cotangents }: OpenHead,
  term: Term,
  h: ValueId,
  accumulate: ValueId | undefined,
): ValueId {
  const { builder, backbone } = step;
  const arriving = new Map([[logits, cotangents.get(term) as ValueId]]);
  return builder.within({ module: term.module, owner: 'head' }, () => {
    const pulled = pullback(
      builder,
      forward,
      arriving,
      { input: h, parameters: false },
      { accumulate, recompute: false },
    );
    const narrowTerms = [...cotangents.keys()].filter(isNarrow);
    if (term === (narrowTerms.at(-1) ?? [...cotangents.keys()].at(-1))) update(step, backbone.head);
    return pulled as ValueId;
  });
}

function headMetric(
  builder: GraphBuilder,
  kind: 'task' | 'final',
  module: number,
  purpose: Purpose,
  id: ValueId,
): Metric {
  return { kind, module, purpose, labels: [labelOf(builder, id)], form: 'classification' };
}

function poolForProbe(builder: GraphBuilder, module: ModuleShape, h: ValueId): void {
  builder.within({ module: probeModule, owner: `probe.${module.last}` }, () => {
    const [batch] = builder.shape(h);
    const pooled = builder.state(pooledLabel(module.last), [batch as number, module.width], {
      kind: 'constant',
      value: 0,
    });
    globalAveragePool(builder, h, undefined, pooled);
  });
}

const update = ({ builder, configuration }: StepContext, range: ParameterRange): void =>
  sgdUpdate(builder, range, { nesterov: configuration.nesterov, weightDecay: true, guarded: true });

function reportGuard(builder: GraphBuilder): void {
  builder.within({ phase: 'update' }, () => {
    copy(builder, builder.guard(), builder.add({ label: guardLabel, shape: [1], role: 'metric' }));
  });
}

const labelOf = (builder: GraphBuilder, id: ValueId): string => builder.values[id]?.label ?? '';
