import type { GraphBuilder } from '../builder.ts';
import type { BinaryCrossEntropy } from '../node.ts';
import type { ValueId } from '../value.ts';

/** A loss and the cotangent it sends into what it was computed from. */
export interface LossValues {
  readonly metric: ValueId;
  readonly cotangent: ValueId;
}

/**
 * Appends softmax cross-entropy of logits [B,C]. `label` names the metric [2] (sum of losses, top-1 hits); with `weight` (a runtime
 * scalar's name) also the cotangent of weight * mean loss.
 */
export function softmaxCrossEntropy(
  builder: GraphBuilder,
  logits: ValueId,
  labels: ValueId,
  label: string,
  weight: string,
): LossValues {
  const metric = builder.add({ label, shape: [2], role: 'metric' });
  const cotangent = builder.add({ label: 'logits gradient', shape: builder.shape(logits), role: 'gradient' });
  builder.append({
    kind: 'softmaxCrossEntropy',
    inputs: { logits, labels },
    outputs: { metric, dlogits: cotangent },
    attributes: { weight: builder.scalar(weight) },
  });
  return { metric, cotangent };
}

/** Appends the metric [2] (sum of losses, top-1 hits) of logits [B,C] alone, for evaluation. */
export function classificationMetric(builder: GraphBuilder, logits: ValueId, labels: ValueId, label: string): ValueId {
  const metric = builder.add({ label, shape: [2], role: 'metric' });
  builder.append({
    kind: 'softmaxCrossEntropy',
    inputs: { logits, labels },
    outputs: { metric, dlogits: undefined },
    attributes: { weight: undefined },
  });
  return metric;
}

/** Appends the reconstruction loss of decoder logits against the image; see the node's description. */
export function binaryCrossEntropy(
  builder: GraphBuilder,
  logits: ValueId,
  image: ValueId,
  label: string,
  attributes: BinaryCrossEntropy['attributes'],
): LossValues {
  const metric = builder.add({ label, shape: [1], role: 'metric' });
  const cotangent = builder.add({ label: 'decoder gradient', shape: builder.shape(logits), role: 'gradient' });
  builder.scalar(attributes.weight);
  builder.append({
    kind: 'binaryCrossEntropy',
    inputs: { logits, image },
    outputs: { metric, dlogits: cotangent },
    attributes,
  });
  return { metric, cotangent };
}

/** Appends the supervised contrastive loss of unit features [B,D] (method.md 3, temperature 0.07). */
export function contrast(
  builder: GraphBuilder,
  features: ValueId,
  labels: ValueId,
  label: string,
  weight: string,
): LossValues {
  const metric = builder.add({ label, shape: [1], role: 'metric' });
  const cotangent = builder.add({ label: 'feature gradient', shape: builder.shape(features), role: 'gradient' });
  builder.append({
    kind: 'contrast',
    inputs: { features, labels },
    outputs: { metric, dfeatures: cotangent },
    attributes: { weight: builder.scalar(weight), temperature: 0.07 },
  });
  return { metric, cotangent };
}
