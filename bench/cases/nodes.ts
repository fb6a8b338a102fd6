import { expectOk } from '../../src/base/result.ts';
import { createTfjsExecutor } from '../../src/runtime/tfjs/executor.ts';
import { prepareTraining } from '../engines/training-run.ts';
import { emptyFinding, type Finding, type Measurement, type Subject } from '../measurement.ts';
import { benchExperiment } from './experiment.ts';

const warmUp = 3;
const counted = 9;

/** Where the time of a warm training step on WASM goes: every kind of node of the graph. */
export async function measureNodes(
  measurement: Measurement,
  { preset, batch }: Extract<Subject, { kind: 'nodes' }>,
): Promise<Finding[]> {
  const executor = expectOk(await createTfjsExecutor({ backend: 'wasm', profile: true }));
  const prepared = await prepareTraining(executor, benchExperiment(preset, batch));
  for (let step = 0; step < warmUp + counted; step++) {
    if (step === warmUp) executor.resetProfile();
    await prepared.run();
  }
  const kinds = [...(executor.profile?.byKind ?? [])].sort((a, b) => b[1] - a[1]);
  return kinds.map(([kind, total]) => ({
    ...emptyFinding(measurement, `${preset}, batch ${batch}: ${kind}`),
    milliseconds: total / counted,
    note: `mean of ${counted} steps`,
  }));
}
