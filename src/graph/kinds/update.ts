import type { GraphBuilder, ParameterRange } from '../builder.ts';
import type { ValueId } from '../value.ts';

/** Appends y = a + b of one shape, each zeroed where its mask is <= 0. */
export function add(
  builder: GraphBuilder,
  a: { readonly value: ValueId; readonly mask?: ValueId },
  b: { readonly value: ValueId; readonly mask?: ValueId },
): ValueId {
  const y = builder.add({ label: 'sum', shape: builder.shape(a.value), role: 'gradient' });
  builder.append({
    kind: 'add',
    inputs: { a: a.value, b: b.value, maskA: a.mask, maskB: b.mask },
    outputs: { y },
    attributes: {},
  });
  return y;
}

/** Appends y = x. */
export function copy(builder: GraphBuilder, x: ValueId, y: ValueId): void {
  builder.append({ kind: 'copy', inputs: { x }, outputs: { y }, attributes: {} });
}

/**
 * Appends the optimiser's update of one owner's parameters; without a gradient, weight decay and momentum go on. A guarded one sets the
 * graph's guard where it diverges, and heeds it.
 */
export function sgdUpdate(
  builder: GraphBuilder,
  range: ParameterRange,
  options: { readonly nesterov: boolean; readonly weightDecay: boolean; readonly guarded: boolean },
): void {
  const { parameters } = range;
  const velocities = builder.velocitiesOf(range);
  const guard = options.guarded ? builder.guard() : undefined;
  builder.within({ phase: 'update', module: range.module, owner: range.owner }, () => {
    builder.append({
      kind: 'sgdUpdate',
      inputs: { parameters, velocities, gradients: builder.writtenGradients(range), guard },
      outputs: { parameters, velocities, guard },
      attributes: {
        learningRate: builder.scalar('learningRate'),
        momentum: builder.scalar('momentum'),
        weightDecay: options.weightDecay ? builder.scalar('weightDecay') : undefined,
        nesterov: options.nesterov,
      },
    });
  });
}
