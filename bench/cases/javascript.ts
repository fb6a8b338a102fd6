import type { Surroundings } from '../engines/engine.ts';
import { openEngine } from '../engines/open.ts';
import { emptyFinding, type Finding, type Measurement, type Subject } from '../measurement.ts';
import { median } from '../median.ts';
import { benchExperiment } from './experiment.ts';
import type { Watch } from './portable.ts';

const warmUp = 10;
const timed = 50;

/** JavaScript of a training step, on a device that computes nothing: from the first encoder to the return of the last submit. */
export async function measureJavascript(
  measurement: Measurement,
  { preset, batch }: Extract<Subject, { kind: 'javascript' }>,
  surroundings: Surroundings,
  { gpu }: Watch,
): Promise<Finding[]> {
  if (gpu === undefined) throw new Error('WebGPU did not start');
  const engine = await openEngine(measurement.engine, surroundings);
  const prepared = await engine.step(benchExperiment(preset, batch));
  const times: number[] = [];
  for (let run = 0; run < warmUp + timed; run++) {
    gpu.reset();
    // A device that computes nothing answers any loss, which the trainer may refuse; the step was handed over all the same.
    await prepared.run().catch(() => undefined);
    const { firstEncoding, lastSubmit } = gpu.count;
    if (run >= warmUp && firstEncoding !== undefined) times.push(lastSubmit - firstEncoding);
  }
  if (times.length < timed) throw new Error('steps were not handed over on the device that computes nothing');
  const { dispatches, submits, buffers, bindGroups, pipelines } = gpu.count;
  const objectsMade = buffers + bindGroups + pipelines;
  return [
    {
      ...emptyFinding(measurement, `${preset}, batch ${batch}, JavaScript alone`),
      dispatches,
      submits,
      javascriptMilliseconds: median(times),
      objectsMade,
      note: `Dawn's null backend; ${warmUp} + ${timed} runs; ${objectsMade} GPU objects made in a run`,
    },
  ];
}
