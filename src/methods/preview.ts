import { programBytes, storedValues } from '../graph/allocation.ts';
import type { StepGraph } from '../graph/graph.ts';
import { isProbe, planGraph } from '../graph/memory-plan.ts';
import { multiplyAdds } from '../graph/operation-count.ts';
import { alignedBytes, type Role, sharedModule, valueBytes } from '../graph/value.ts';
import { asBackPropagation, type StepConfiguration } from './configuration.ts';
import { buildEvaluateGraph } from './evaluate-graph.ts';
import { type LossScalars, withoutGradient } from './loss-weights.ts';
import { courseOf, type StepCourse } from './step-course.ts';
import { buildTrainGraph } from './train-graph.ts';

/** Highest bytes of each role that one module holds in a training step, auxiliary networks included. */
export interface ModulePlan {
  /** `module 0`..., then `shared` for inputs and metrics. */
  readonly name: string;
  /** Parameters and running statistics. */
  readonly parameterBytes: number;
  readonly optimiserBytes: number;
  readonly activationBytes: number;
  readonly gradientBytes: number;
  readonly workspaceBytes: number;
  /** Multiply-adds of a training step that belong to it, auxiliary networks and pullbacks included. */
  readonly multiplyAdds: number;
}

/** What an experiment costs, from its graphs alone: no kernel runs. */
export interface StepPlan {
  /** Allocated for train, evaluate and persistent values after placement, batch included, probes not. */
  readonly peakBytes: number;
  /** The part of `peakBytes` that outlives a step, the batch included. */
  readonly persistentBytes: number;
  /** Multiply-adds of convolutions and linear layers of one training step over the whole batch, probes not. */
  readonly multiplyAdds: number;
  readonly nodes: number;
  readonly modules: readonly ModulePlan[];
  /** What each node of the training step does, and the bytes alive meanwhile. */
  readonly course: StepCourse;
}

/** A plan beside that of back-propagation on the same network and batch. */
export interface Preview extends StepPlan {
  readonly bpPeakBytes: number;
  readonly bpMultiplyAdds: number;
  readonly bpModules: readonly ModulePlan[];
  readonly bpCourse: StepCourse;
  /** Modules and auxiliary networks that no weighted loss reaches. */
  readonly withoutGradient: readonly string[];
}

/** The plan of an experiment, and back-propagation's beside it. */
export function preview(configuration: StepConfiguration, scalars: LossScalars): Preview {
  const own = planStep(configuration);
  const bp = backPropagationPlan(configuration);
  return {
    ...own,
    bpPeakBytes: bp.peakBytes,
    bpMultiplyAdds: bp.multiplyAdds,
    bpModules: bp.modules,
    bpCourse: bp.course,
    withoutGradient: withoutGradient(configuration, scalars),
  };
}

/** Plans the graphs of one configuration; probes are left out, as they never count in a method's memory or arithmetic. */
export function planStep(configuration: StepConfiguration): StepPlan {
  const bare = { ...configuration, probes: false };
  const train = buildTrainGraph(bare).graph;
  const evaluate = buildEvaluateGraph(bare).graph;
  const plan = planGraph(train);
  const stored = storedValues([train, evaluate]);
  const ofPrograms = [train, evaluate]
    .map(programBytes)
    .reduce((sum, { metrics, slots, scalars }) => sum + metrics + slots + scalars, 0);
  const persistentBytes = stored.reduce((sum, value) => sum + alignedBytes(valueBytes(value)), ofPrograms);
  const arenaBytes = Math.max(plan.arenaBytes, planGraph(evaluate).arenaBytes);
  const held = new Map<string, number>();
  for (const value of stored) {
    const key = `${value.module} ${value.role}`;
    held.set(key, (held.get(key) ?? 0) + alignedBytes(valueBytes(value)));
  }
  const bytesOf = (module: number, ...roles: readonly Role[]) =>
    roles.reduce(
      (sum, role) => sum + (held.get(`${module} ${role}`) ?? 0) + (plan.byModule.get(module)?.get(role) ?? 0),
      0,
    );
  const counted = multiplyAddsByModule(train);
  const moduleNumbers = [...configuration.cuts.map((_, index) => index), sharedModule];
  return {
    peakBytes: persistentBytes + arenaBytes,
    persistentBytes,
    multiplyAdds: [...counted.values()].reduce((sum, count) => sum + count, 0),
    nodes: train.nodes.length,
    modules: moduleNumbers.map((module) => ({
      name: module === sharedModule ? 'shared' : `module ${module}`,
      parameterBytes: bytesOf(module, 'parameter', 'state'),
      optimiserBytes: bytesOf(module, 'optimiser'),
      activationBytes: bytesOf(module, 'activation', 'input') + (module === sharedModule ? ofPrograms : 0),
      gradientBytes: bytesOf(module, 'gradient'),
      workspaceBytes: bytesOf(module, 'workspace'),
      multiplyAdds: counted.get(module) ?? 0,
    })),
    course: courseOf(train, plan.alive, persistentBytes),
  };
}

function multiplyAddsByModule(graph: StepGraph): Map<number, number> {
  const counts = new Map<number, number>();
  for (const node of graph.nodes) {
    if (!isProbe(node)) counts.set(node.module, (counts.get(node.module) ?? 0) + multiplyAdds(graph, node));
  }
  return counts;
}

const cached = new Map<string, StepPlan>();

/** Back-propagation's plan, kept per network, format and batch, so that dragging a border does not plan it anew. */
function backPropagationPlan(configuration: StepConfiguration): StepPlan {
  const { network, format, batch } = configuration;
  const key = JSON.stringify([network, format, batch]);
  const known = cached.get(key);
  if (known !== undefined) return known;
  const plan = planStep(asBackPropagation(configuration));
  cached.set(key, plan);
  return plan;
}
