import { configurationOf } from '../../src/methods/configuration.ts';
import { preview } from '../../src/methods/preview.ts';
import { emptyFinding, type Finding, type Measurement, type Subject } from '../measurement.ts';
import { median } from '../median.ts';
import { benchExperiment } from './experiment.ts';

const warmUp = 10;
const timed = 30;

/** Time of one preview: graphs, memory plan, operation counts; back-propagation's plan is known from the first. */
export async function measurePlan(
  measurement: Measurement,
  { preset, batch }: Extract<Subject, { kind: 'plan' }>,
): Promise<Finding[]> {
  const experiment = benchExperiment(preset, batch);
  const configuration = configurationOf(experiment);
  const times: number[] = [];
  let nodes = 0;
  for (let run = 0; run < warmUp + timed; run++) {
    const start = performance.now();
    ({ nodes } = preview(configuration, experiment));
    if (run >= warmUp) times.push(performance.now() - start);
  }
  return [
    {
      ...emptyFinding(measurement, `${preset}, batch ${batch}, plan`),
      milliseconds: median(times),
      note: `${nodes} nodes in the training step; no engine takes part; ${warmUp} + ${timed} runs`,
    },
  ];
}
