import { configurationOf } from '../../src/methods/configuration.ts';
import type { Surroundings } from '../engines/engine.ts';
import { openEngine } from '../engines/open.ts';
import type { GpuCounter } from '../gpu-count.ts';
import { emptyFinding, type Finding, type Measurement } from '../measurement.ts';
import { convolutionsOf, describeConvolution, directions } from '../peers/convolutions.ts';
import { timeRuns, usualRepeats } from '../timing.ts';
import { benchExperiment } from './experiment.ts';
import { measureSteady } from './steady.ts';

/** What a measurement is told by and tells. */
export interface Watch {
  readonly gpu: GpuCounter | undefined;
  /** How far it is. */
  note(text: string): void;
}

/** Measures what runs alike in a browser and on Node. */
export async function measurePortable(
  measurement: Measurement,
  surroundings: Surroundings,
  { gpu, note }: Watch,
): Promise<Finding[]> {
  const { subject } = measurement;
  const engine = await openEngine(measurement.engine, surroundings);
  switch (subject.kind) {
    case 'step': {
      const { preset, batch } = subject;
      const prepared = await engine.step(benchExperiment(preset, batch));
      note('prepared');
      const timed = await timeRuns(prepared, gpu, usualRepeats);
      return [{ ...emptyFinding(measurement, `${preset}, batch ${batch}`), ...timed }];
    }
    case 'matmul': {
      const prepared = await engine.matmul(subject.size);
      const timed = await timeRuns(prepared, gpu, { most: 9, budget: 20_000 });
      return [{ ...emptyFinding(measurement, `matrix product, ${subject.size} cubed`), ...timed }];
    }
    case 'convolutions': {
      const { network } = configurationOf(benchExperiment('bp/resnet32', subject.batch));
      const findings: Finding[] = [];
      for (const convolution of convolutionsOf(network, subject.batch))
        for (const direction of directions) {
          // Nobody needs the gradient of the images.
          if (convolution.inputs === 3 && direction === 'input gradient') continue;
          const name = `${describeConvolution(convolution)}: ${direction}`;
          note(name);
          const prepared = await engine.convolution(convolution, direction);
          const timed = await timeRuns(prepared, gpu, { most: 5, budget: 1_500 });
          prepared.dispose();
          // Bytes of one operation depend on what an engine keeps for later.
          findings.push({ ...emptyFinding(measurement, name), ...timed, plannedBytes: null, allocatedBytes: null });
        }
      return findings;
    }
    case 'steady':
      return measureSteady(measurement, subject, engine, { gpu, note });
    default:
      throw new Error(`${subject.kind} is not measured here`);
  }
}
