import { configurationOf } from '../../src/methods/configuration.ts';
import { preview } from '../../src/methods/preview.ts';
import type { Surroundings } from '../engines/engine.ts';
import { openEngine } from '../engines/open.ts';
import { emptyFinding, type Finding, type Measurement, type Subject } from '../measurement.ts';
import { benchExperiment } from './experiment.ts';
import type { Watch } from './portable.ts';

/**
 * Bytes an engine holds for training and evaluation, beside the plan. On WebGPU the device computes nothing, as only its buffers are
 * counted.
 */
export async function measureMemory(
  measurement: Measurement,
  { preset, batch }: Extract<Subject, { kind: 'memory' }>,
  surroundings: Surroundings,
  { gpu }: Watch,
): Promise<Finding[]> {
  const experiment = benchExperiment(preset, batch);
  const plan = preview(configurationOf(experiment), experiment);
  const engine = await openEngine(measurement.engine, surroundings);
  const prepared = await engine.step(experiment);
  const steps = measurement.engine === 'webgpu' ? 5 : 1;
  for (let run = 0; run < steps; run++) {
    if (run === steps - 1) gpu?.reset();
    await prepared.run().catch(() => undefined);
  }
  const counted = measurement.engine === 'webgpu' ? gpu?.peakBytes() : prepared.ownBytes?.();
  const times = (own: number, other: number) => (own / other).toFixed(2);
  return [
    {
      ...emptyFinding(measurement, `${preset}, batch ${batch}, memory`),
      plannedBytes: plan.peakBytes,
      allocatedBytes: counted ?? null,
      note: [
        `plan ${times(plan.peakBytes, plan.bpPeakBytes)} of back-propagation's`,
        `${(plan.multiplyAdds / 1e9).toFixed(2)}e9 multiply-adds, ${times(plan.multiplyAdds, plan.bpMultiplyAdds)} of its`,
      ].join('; '),
    },
  ];
}
