import { ok, type Result } from '../base/result.ts';
import type { StepGraph } from '../graph/graph.ts';
import type { StepConfiguration } from '../methods/configuration.ts';
import { buildEvaluateGraph } from '../methods/evaluate-graph.ts';
import type { Metric } from '../methods/metrics.ts';
import { buildProbeGraph } from '../methods/probe.ts';
import { buildTrainGraph, type MeasuredGraph } from '../methods/train-graph.ts';
import type { Executor, Program } from '../runtime/executor.ts';
import { persistentByLabel } from './persistent.ts';

/** A compiled graph with what it measures. */
export interface MeasuredProgram {
  readonly program: Program;
  readonly metrics: readonly Metric[];
}

/** The three programs of an experiment, sharing their persistent values. */
export interface Programs {
  readonly train: MeasuredProgram;
  readonly evaluate: MeasuredProgram;
  readonly probe: MeasuredProgram | undefined;
  readonly graphs: readonly StepGraph[];
  dispose(): void;
}

/**
 * Builds and compiles the graphs of a configuration, whose values are not there yet; on failure nothing stays, neither compiled nor
 * stored.
 */
export async function compilePrograms(executor: Executor, configuration: StepConfiguration): Promise<Result<Programs>> {
  const compiled: MeasuredProgram[] = [];
  const dispose = () => {
    for (const { program } of compiled) program.dispose();
  };
  const measured: MeasuredGraph[] = [buildTrainGraph(configuration), buildEvaluateGraph(configuration)];
  if (configuration.probes) measured.push(buildProbeGraph(configuration));
  for (const { graph, metrics } of measured) {
    const program = await executor.compile(graph);
    if (!program.ok) {
      dispose();
      executor.drop([...persistentByLabel(measured.map((each) => each.graph)).keys()]);
      return program;
    }
    compiled.push({ program: program.value, metrics });
  }
  const [train, evaluate, probe] = compiled as [MeasuredProgram, MeasuredProgram, MeasuredProgram | undefined];
  return ok({ train, evaluate, probe, graphs: measured.map(({ graph }) => graph), dispose });
}
